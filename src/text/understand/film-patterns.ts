/** A way to speak of the film itself. */
export interface Pattern {
  /** One of these is in every text that the pattern is found in: most texts need not be searched with it. */
  readonly needs: readonly string[]
  readonly pattern: RegExp
  readonly kind: 'camera' | 'style' | 'nothing'
  /** How the term is called in the graph; by default the named group `term`. */
  name?(groups: Groups): string
}

export interface Groups {
  readonly [name: string]: string | undefined
  readonly term?: string
}

const article = '(?:\\b(?:an?|the|this|one)\\s+)?'
const moves =
  'pan|zoom|tilt|dolly|track|truck|move|orbit|rotate|push|pull|circle|crane|fly|rise|sweep|shake|glide|swoop|descend|ascend|go|pedestal|roll|spin|arc'
const ways =
  '(?:to\\s+the\\s+)?(?:left|right)|upwards?|downwards?|up|down|in|out|back(?:wards?)?|forwards?|away|closer|nearer|around|along|over|with\\s+(?:them|him|her|it)'
const slowly = '(?:(?:slow|fast|quick|gentle|gent|smooth|gradual)(?:ly)?\\s+)?'
const shots =
  "(?:extreme |very )?(?:wide|long|medium|full|establishing|tracking|dolly|crane|drone|aerial|overhead|top[- ]down|bird['’]?s?[- ]eye|worm['’]s[- ]eye|low[- ]angle|high[- ]angle|eye[- ]level|over[- ]the[- ]shoulder|pov|point[- ]of[- ]view|first[- ]person|third[- ]person|static|hand-?held|panning|two|macro|dutch(?: angle)?|fish-?eye|side|profile|satellite|helicopter|close|panoramic|steadicam|gopro|underwater|rear|front|zoom|follow|arc)"
const media =
  '(?:video|clip|film|movie|footage|photo(?:graph)?|picture|image|shot|cinematography|style|scene|look|animation)'
/** Ways of painting and filming that stand before a noun: `a claymation penguin`. */
const looks =
  '(?:pixel[- ]art|claymation|anime|manga|cartoon|stop[- ]motion|low[- ]poly|photo-?realistic|hyper-?realistic|cel[- ]shaded|cgi|3d(?:[- ](?:animated|rendered))?|2d(?:[- ]animated)?|watercolou?r|paper[- ]?cut(?:[- ]?out)?|hand[- ]drawn|isometric|8[- ]bit|16[- ]bit|line[- ]art|comic[- ]book|pop[- ]art)'
/** Those that count only where they stand by themselves, between commas. */
const loneLooks =
  '(?:realistic|cinematic|vintage|retro|film noir|noir|cyberpunk|steampunk|ukiyo-e|impressionist|impressionism|surreal(?:ist|ism)?|minimalist|minimalism|vaporwave|synthwave|pixar|disney|studio ghibli|ghibli|documentary|vhs|sepia|monochrome|black[- ]and[- ]white|storybook|oil[- ]painting|watercolou?r painting|pencil (?:sketch|drawing)|charcoal (?:sketch|drawing)|sketch|comic|collage|art deco|art nouveau|baroque|gothic|abstract|dreamy|epic|moody|ethereal|bokeh|4k|8k|hd|uhd|hdr|imax|60 ?fps|35 ?mm(?: film)?|film grain|grainy|high (?:quality|detail|resolution)|highly detailed|ultra[- ]detailed|octane render|unreal engine|3d render(?:ing)?|motion blur|lens flare|(?:shallow )?depth of field|soft focus|pastel colou?rs|vibrant colou?rs|muted colou?rs|(?:soft|dramatic|natural|cinematic|studio|moody|warm|volumetric|neon|low[- ]key|high[- ]key|rim|back) ?lighting)'
const moods = '(?:(?:highly|very|ultra|hyper|super)[- ])?'
/** What is said of a picture before the word for it: `ultra-detailed 8k photograph`. */
const praises =
  '(?:(?:ultra|highly|hyper|super)[- ]?(?:detailed|realistic)|photo-?realistic|realistic|cinematic|styli[sz]ed|minimalist|abstract|surreal|retro|vintage|moody|dreamy|whimsical|epic|gritty|faded|grainy|4k|8k|hd|uhd|hdr)'
/** Words for a picture. */
const pictures =
  '(?:close-?\\s?up|macro|wide|aerial|drone|tracking|shot|footage|video|clip|film|movie|animation|render(?:ing)?|photo(?:graph|graphy)?|picture|image|painting|drawing|sketch|illustration|cartoon|claymation|scene|3d|2d|line|storybook|portrait|oil|watercolou?r|pencil|charcoal|ink|digital)'
/** How a picture is lit, coloured and made: what ends a part of a prompt that tells of nothing in the scene. */
const qualities =
  '(?:lighting|bokeh|grain|focus|contrast|grading|palette|tones|resolution|quality|exposure|composition|render(?:ing)?|photography|aesthetic|vibes?|style|(?:volumetric|studio|natural|dramatic|cinematic|ambient|rim|back) ?light|(?:blurred|blurry|bokeh|plain|white|black|seamless) background|(?:pastel|vibrant|muted|vivid|saturated|bold|bright|warm|cool|earthy) colou?rs|(?:smooth|fast) motion|brush ?strokes|(?:colou?r |orange |teal )?grad(?:e|ing))'

/** A term in small letters, its words one space apart. */
export const oneSpace = (words: string | undefined): string =>
  (words ?? '').toLowerCase().replace(/\s+/g, ' ').trim()
const moveOf = ({ move = '', way }: Readonly<Record<string, string | undefined>>): string =>
  oneSpace(`${move} ${(way ?? '').replace(/^to the /i, '').replace(/^with.*/i, 'along')}`).replace(
    /^go along$/,
    'follow',
  )

// `\w*` after a verb takes its endings: pans, panning. What follows ("across a desert") stays with the scene.
/** Camera moves, kinds of shots and styles; the first that is found takes its words. */
export const filmPatterns: readonly Pattern[] = [
  {
    needs: 'camera'.split(' '),
    pattern:
      /\b(?:the\s+)?camera\s+(?:(?:stays|remains|keeps|is|holds|does\s+not|doesn['’]t|never)\s+)+(?:still|static|steady|fixed|move|moves|put)\b/gi,
    kind: 'camera',
    name: () => 'static',
  },
  {
    needs: 'camera'.split(' '),
    pattern:
      /\b(?:the\s+)?camera\s+(?:(?:is|slowly|closely)\s+)*(?<move>follow|track|trail)(?:s|ing|ed)?\b(?=\s*(?:[,.;]|$))/gi,
    kind: 'camera',
    name: () => 'follow',
  },
  {
    needs: 'camera'.split(' '),
    pattern: /\b(?:the\s+)?camera\s+(?:(?:is|slowly|closely)\s+)*(?<move>follow|trail)(?:s|ing|ed)?\b/gi,
    kind: 'camera',
    name: () => 'follow',
  },
  {
    needs: 'camera'.split(' '),
    pattern: new RegExp(
      `\\b(?:the\\s+)?camera\\s+${slowly}(?:is\\s+)?${slowly}(?<move>${moves})\\w*(?:\\s+(?:slowly|quickly|smoothly|gently))?(?:\\s+(?<way>${ways})(?![\\w-]))?(?:\\s+(?:slowly|quickly))?(?:\\s+(?:on|onto|to\\s+(?:reveal|show)|and\\s+reveals?|revealing|showing|towards?|to)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: moveOf,
  },
  {
    needs: 'pan zoom tilt dolly track push pull crane orbit'.split(' '),
    pattern: new RegExp(
      `(?:^|[,;:.]\\s*|\\band\\s+)${article}${slowly}(?:camera\\s+)?(?<move>pan|zoom|tilt|dolly|track|push|pull|crane|orbit)(?:s|ning|ming|ing)?\\s+(?<way>${ways})(?![\\w-])(?!\\s+(?:an?|the|her|his|its|their)\\b)(?:\\s+(?:on|onto|to\\s+(?:reveal|show)|towards?|to)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: moveOf,
  },
  {
    needs: ''.split(' '),
    pattern: new RegExp(
      `(?<=^|[\\s,])(?:an?\\s+)?(?<term>${praises}),?(?=(?:\\s+${praises},?)*\\s+${pictures}\\b)`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs: ['pov'],
    pattern: /\bpov(?:\s+(?:shot|video|footage))?(?:\s+(?:of|from)\b)?/gi,
    kind: 'camera',
    name: () => 'pov shot',
  },
  {
    needs: ['video:'],
    pattern: /^(?<term>(?:[\p{L}\d’'-]+\s+){0,3}video)\s*(?=:)/giu,
    kind: 'style',
  },
  {
    needs: 'focus zoom pan push pull dolly tilt'.split(' '),
    pattern:
      /(?:\ban?\s+)?\b(?:(?:slow|quick|fast|gentle|sudden)\s+)?(?<term>rack focus|focus pull|dolly zoom|crash zoom|snap zoom|whip pan|push-in|pull-back|pull-out|tilt-up|tilt-down|tilt-shift)\b/gi,
    kind: 'camera',
    name: ({ term }) => oneSpace(term),
  },
  {
    needs: 'macro handheld hand-held fisheye fish-eye wide steadicam telephoto gopro drone'.split(' '),
    pattern:
      /(?:^|[,.;])\s*(?<term>(?:extreme )?macro|hand-?held|fish-?eye|wide[- ]angle|steadicam|telephoto|gopro|drone)(?:\s+(?:lens|camera))?(?=\s*(?:[,;.]|$))/gi,
    kind: 'camera',
    name: ({ term }) => `${oneSpace(term)} shot`,
  },
  {
    needs: ['camera'],
    pattern: new RegExp(
      `${article}${slowly}camera\\s+(?<move>drift|move|movement|motion|pan|tilt|push|zoom|orbit|glide)\\b(?:\\s+(?<way>${ways})(?![\\w-]))?`,
      'gi',
    ),
    kind: 'camera',
    name: moveOf,
  },
  {
    needs: ['inspired by'],
    pattern: /(?:^|,)\s*(?<term>inspired by [^,.;:]+)(?=[.;]?\s*$|,)/gi,
    kind: 'style',
    name: ({ term }) => oneSpace(term).replace('inspired by ', ''),
  },
  {
    needs: 'watercolor watercolour pastels gouache acrylics inks crayons'.split(' '),
    pattern:
      /\bin\s+(?:(?:muted|soft|bright|delicate|pale|loose|coloured|colored)\s+)*(?<term>watercolou?rs?|pastels|gouache|acrylics|inks|crayons)\b/gi,
    kind: 'style',
  },
  {
    needs: 'close'.split(' '),
    pattern: new RegExp(
      `${article}(?:extreme\\s+)?close-?\\s?up(?:\\s+(?:shot|view))?(?:\\s+(?:of|on)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: () => 'close-up',
  },
  {
    needs: 'shot view footage video perspective angle camera clip photo'.split(' '),
    pattern: new RegExp(
      `(?:\\bin\\s+)?${article}(?:(?:slow|smooth|beautiful|sweeping|dramatic)\\s+)?\\b(?<view>${shots})\\s+(?<what>shot|view|footage|video|perspective|angle|camera|clip|photo(?:graph|graphy)?)s?(?:\\s+(?:of|on|following|tracking|showing|featuring|capturing)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: ({ view, what }) => `${oneSpace(view).replaceAll('-', ' ')} ${what === 'view' ? 'view' : 'shot'}`,
  },
  {
    needs: 'from'.split(' '),
    pattern:
      /(?:,\s*)?\b(?:as\s+)?(?:seen|viewed|filmed|shot|captured|view|watched)\s+from\s+(?<term>(?:high\s+)?above|below|behind|a\s+(?:drone|helicopter|distance|low\s+angle|high\s+angle)|the\s+(?:air|side|ground))\b/gi,
    kind: 'camera',
    name: ({ term }) => `from ${oneSpace(term)}`,
  },
  {
    needs: 'slow lapse fast'.split(' '),
    pattern:
      /(?:\b(?:an?|in|the)\s+)*\b(?<term>(?:super\s+|ultra\s+)?slow[- ](?:motion|mo)|time-?\s?lapse|hyper-?lapse|fast[- ]forward)\b(?:\s+(?:shot|video|footage|clip|view))?(?:\s+of\b|:)?/gi,
    kind: 'camera',
    name: ({ term }) =>
      oneSpace(term).replace(/slow-/, 'slow ').replace(/\bmo$/, 'motion').replace('time lapse', 'time-lapse'),
  },
  {
    needs: 'style of'.split(' '),
    pattern:
      /,?\s*\b(?:(?:rendered|painted|drawn|animated|filmed|shot)\s+)?in\s+the\s+style\s+of\s+(?:an?\s+|the\s+)?(?<term>[^,.;:!?]+)/gi,
    kind: 'style',
  },
  {
    needs: 'white'.split(' '),
    pattern: new RegExp(
      `(?:\\bin\\s+)?${article}\\bblack[- ]and[- ]white\\s+(?:(?:documentary|archival|archive|old)\\s+)?${media}(?:\\s+of\\b)?`,
      'gi',
    ),
    kind: 'style',
    name: () => 'black and white',
  },
  {
    needs: 'footage video clip'.split(' '),
    pattern: new RegExp(
      `${article}\\b(?<term>documentary|archival|archive|found|security camera|surveillance|cctv|dash ?cam|body ?cam|webcam|thermal|night[- ]vision)\\s+(?:footage|video|clip)(?:\\s+of\\b)?`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs: 'style aesthetic look animation render effect'.split(' '),
    pattern: new RegExp(
      `(?:\\b(?:in|as)\\s+)?${article}\\b(?<term>(?:${looks}|${loneLooks}|pixar|lego|comic|pencil|oil|watercolou?r|film noir)(?:\\s+(?:film|painting|art))?)[- ](?:style|aesthetic|look|animation|render(?:ing)?|effect)(?:\\s+of\\b)?`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs: 'style'.split(' '),
    pattern: /\bin\s+(?:an?\s+)?(?<term>[\p{L}-]+(?:\s[\p{L}-]+)?)\s+style\b/giu,
    kind: 'style',
  },
  {
    needs: 'paint draw sketch illustration art print'.split(' '),
    pattern: new RegExp(
      `(?:(?:\\bin\\s+)?${article}|^)\\b(?<term>(?:watercolou?r|oil|acrylic|pencil|charcoal|ink|chalk|crayon|pastel|digital|impressionist|ukiyo-e|renaissance|surrealist|abstract)\\s+(?:painting|drawing|sketch|illustration|art|print))(?:\\s+of\\b)?`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs: 'painting drawing sketch illustration engraving cartoon photograph'.split(' '),
    pattern: new RegExp(
      `(?<=^(?:an?\\s+)?(?:${moods}(?:${praises}|${looks}),?\\s+)*)(?:an?\\s+)?(?:(?:old|beautiful|child['’]s|simple|detailed|colou?r)\\s+)*(?<term>(?:(?:line|storybook|portrait|macro|street|fashion)\\s+)?(?:painting|drawing|sketch|illustration|engraving|cartoon|photo(?:graph|graphy)?))\\s+of\\b(?!.*\\b(?:hangs?|stands?|lies|leans|is|was|shows?|falls|rests)\\b)`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs:
      'pixel clay anime manga cartoon stop poly realistic cel cgi 3d 2d water paper drawn isometric bit line comic pop'.split(
        ' ',
      ),
    pattern: new RegExp(
      `(?<=^|[\\s(])${moods}(?<term>${looks})(?:\\s+(?:film|video|clip|scene|animation|painting|drawing|render|illustration))?(?:\\s+of\\b)?(?=\\s+(?!(?:and|or|on|in|at|is|with|plays|by)\\b)[\\p{L}])`,
      'giu',
    ),
    kind: 'style',
  },
  {
    needs: ''.split(' '),
    pattern: new RegExp(
      `(?:^|,)\\s*(?:and\\s+)?${article}${moods}(?<term>(?:${looks}|${loneLooks}))(?:\\s+${media})?(?=\\s*(?:[,:]|[.!;]?\\s*$|\\.))`,
      'gi',
    ),
    kind: 'style',
  },
  {
    needs: ''.split(' '),
    pattern: new RegExp(
      `(?:^(?![^,.]*\\b(?:on|in|of|with|the)\\b)|,)\\s*(?:and\\s+)?(?<term>(?:[\\p{L}\\d-]+\\s+){0,3}?${qualities})(?=\\s*(?:[,;]|\\.?\\s*$|\\.\\s))`,
      'giu',
    ),
    kind: 'style',
  },
  {
    needs: 'shot filmed captured'.split(' '),
    pattern: /,\s*(?<term>(?:shot|filmed|captured)\s+(?:on|with)\s+[^,.;:]+)/gi,
    kind: 'style',
  },
  {
    needs: ['mm'],
    pattern: /\b(?<term>\d{2,3} ?mm(?:\s+(?:film|lens|photo(?:graph)?))?(?:\s+grain)?)\b(?:\s+of\b)?/gi,
    kind: 'style',
  },
  {
    needs: 'k hd imax fps'.split(' '),
    pattern: /\b(?<term>4k|8k|uhd|hdr|imax|(?:24|30|60|120) ?fps)\b/gi,
    kind: 'style',
  },
  {
    needs: 'video clip film movie animation footage scene shot picture image photo gif sequence'.split(' '),
    pattern:
      /^(?:(?:show|create|make|generate|give|film|animate|produce|draw)(?:\s+me)?\s+)?(?:an?\s+|the\s+)?(?:(?:short|beautiful|high[- ]quality|realistic|hd|4k|animated|cute|funny|amateur|viral|stunning)\s+)*(?:video|clip|film|movie|animation|footage|scene|shot|picture|image|photo|gif|sequence)\s+(?:of|showing|where|in\s+which|with)\b/gi,
    kind: 'nothing',
  },
]
