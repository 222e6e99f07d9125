/** First names that stories use, for whom `he` and `she` can mean. */
const women = `abigail ada agnes alice alicia amelia amy ana anita ann anna anne annie ava bea beatrice bella betty
  carla carmen caroline catherine charlotte chloe clara claire daisy daphne diana dora dorothy edith elena eleanor elena
  elisa eliza elizabeth ella ellen elsa emilia emily emma erin esther eva eve evelyn fatima fiona flora florence gina
  grace greta hana hannah harriet hazel heidi helen ida ines ingrid irene iris isabel isabella ivy jane janet jasmine
  jenny jessica jill joan josephine joy judy julia juliet kate katie kim laila lara laura layla leila lena leah lily
  lina linda lisa lola lottie louise lucy luna lydia mabel maggie mara margaret maria marie marina martha mary matilda
  maya megan mei mia mila millie mina miriam molly nadia nancy naomi natalie nell nina nora olga olivia paula peggy
  penelope penny phoebe pippa polly rachel rita rosa rosie ruby ruth sally sandra sara sarah selma sofia sonia sophia
  sophie stella susan susie sylvia tanya tess tina uma ursula vera victoria viola wanda wendy willow yuki zara zoe`
const men = `aaron adam ahmed alan albert alex alexander alfie ali andrew andy anton arthur ben benjamin bernard bert
  bill billy bob bobby boris bruno carl carlos charles charlie chris daniel dave david dan diego dylan ed eddie edgar
  edward eli elias eric ethan felix finn francis frank fred freddie gabriel george gerald hans harold harry hassan henry
  howard hugo ian igor isaac ivan jack jacob jake james jason jeff jerry jim jimmy joe joel john johnny jonas jonathan
  joseph josh juan julian karl keith ken kevin kenji larry lars leo leon leonard liam louis luca lucas luis luke marco
  marcus mario mark martin matt matthew max michael miguel mike milo mohamed nathan ned neil nicholas nick noah norman
  oliver omar oscar otto owen pablo patrick paul pedro pete peter phil philip pierre quentin ralph raj ray rex richard
  robert robin rob rodrigo roger roy rupert ryan sam samuel scott sean sebastian simon stan stefan stephen steve stuart
  ted theo thomas tim timmy toby todd tom tommy tony victor vincent walter will william winston zach`

const genders = new Map<string, 'f' | 'm'>([
  ...women.split(/\s+/).map((name): [string, 'f'] => [name, 'f']),
  ...men.split(/\s+/).map((name): [string, 'm'] => [name, 'm']),
])

/** Whether a first name, in small letters, is a woman's or a man's; null for neither. */
export function genderOfName(name: string): 'f' | 'm' | null {
  return genders.get(name) ?? null
}
