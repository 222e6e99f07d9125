/** First names that stories use, for whom `he` and `she` can mean. */
const women = `abigail ada adele adriana agnes aisha alice alicia alma amanda amelia amina amy ana andrea angela anita ann anna
  annabel anne annie antonia astrid audrey ava barbara bea beatrice bella beth betty bianca bonnie bridget camilla
  carla carmen carol caroline catherine cecilia celia charlotte chloe christina claire clara claudia cleo cora
  daisy daphne deborah delia diana dora dorothy edith elaine eleanor elena elisa eliza elizabeth ella ellen elsa
  elsie emilia emily emma erin esther ethel eunice eva eve evelyn fatima felicia fiona flora florence freya frida
  gabriela gemma gertrude gina giulia gloria grace greta gwen hana hannah harriet hazel heidi helen hilda ida ines
  ingrid irene iris irma isabel isabella isla ivy jane janet janice jasmine jenny jessica jill joan joanna
  josephine joy joyce juanita judith judy julia juliet karen kate katherine kathy katie keiko kim laila lara latifa
  laura layla leah leila lena leonora lily lina linda lisa lola lorna lottie louisa louise lucia lucy luna lydia
  mabel magda maggie maisie mara margaret margot maria marie marina marta martha mary matilda maud maya megan mei
  meredith mia mila mildred millie mina minnie miriam molly mona monica muriel myra nadia nancy naomi natalie nell
  nellie nicole nina nora odette olga olivia ophelia paloma patricia paula peggy penelope penny petra phoebe
  phyllis pippa polly priya rachel rebecca rita robyn rosa rosalind rosie roxanne ruby ruth sabrina sally samira
  sandra sara sarah saskia selina selma sheila shirley silvia simone sofia sonia sophia sophie stella stephanie
  susan susanna susie svetlana sylvia tamara tanya teresa tess thea tilda tina trudy uma ursula valentina vera
  veronica victoria viola wanda wendy willow winnie yasmin yolanda yuki zara zelda zoe`
const men = `aaron adam ahmed alan albert alex alexander alfie ali alvin andrew andy angus anton archie arnold arthur barney
  basil ben benjamin benny bernard bert bill billy bob bobby boris bruno caleb carl carlos casper cedric charles
  charlie chris clyde colin conrad curtis damian dan daniel dave david dennis derek desmond diego dominic donald
  douglas duncan dylan ed eddie edgar edmund edward eli elias emil enzo eric ernest ethan ezra fabian felix
  ferdinand finn francis frank fred freddie frederick gabriel gavin geoffrey george gerald gilbert giovanni gordon
  graham greg gus hans harold harry hassan hector henry herbert hiroshi horace howard hugo humphrey ian igor isaac
  ivan jack jacob jake james jason jasper jeff jerome jerry jim jimmy joe joel john johnny jonah jonas jonathan
  jorge josef joseph josh juan julian kai karl keith ken kenji kevin kurt larry lars leo leon leonard liam lloyd
  logan lorenzo louis luca lucas luis luke magnus malcolm marco marcus mario mark martin matt matthew maurice max
  michael miguel mike milo mohamed mohammed monty morris nathan ned neil nicholas nick nigel noah norman olaf
  oliver omar orlando oscar otto owen pablo patrick paul pedro percy pete peter phil philip philippe pierre quentin
  rafael raj ralph ramon ray reggie rex ricardo richard rob robert robin rocco rodrigo roger roland ron ronald roy
  rufus rupert ryan salim sam samir samuel scott sean sebastian sergio sidney silas simon spencer stan stanley
  stefan stephen steve stuart sven tariq ted theo theodore thomas tim timmy tobias toby todd tom tommy tony travis
  tyler victor vincent vito vladimir walter wilbur wilfred will william winston yusuf zach`

const genders = new Map<string, 'f' | 'm'>([
  ...women.split(/\s+/).map((name): [string, 'f'] => [name, 'f']),
  ...men.split(/\s+/).map((name): [string, 'm'] => [name, 'm']),
])

/** Whether a first name, in small letters, is a woman's or a man's; null for neither. */
export function genderOfName(name: string): 'f' | 'm' | null {
  return genders.get(name) ?? null
}
