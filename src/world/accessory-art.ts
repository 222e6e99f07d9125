import type { AccessoryColor, AccessoryKind } from './looks.ts'

const fills: { readonly [C in AccessoryColor]: readonly [main: string, dark: string, light: string] } = {
  red: ['#e0343c', '#a81f33', '#ff6b66'],
  yellow: ['#f7c52e', '#d0902a', '#ffe27a'],
  green: ['#37a856', '#1f7a4a', '#6fd07e'],
  blue: ['#3478e6', '#2450ac', '#6ea6ff'],
  purple: ['#8a48cc', '#602c98', '#b584ec'],
  pink: ['#f57fb4', '#cf4f8e', '#ffb3d4'],
  white: ['#f4f4f6', '#c8ccd6', '#ffffff'],
  black: ['#34323c', '#1c1a22', '#5e5c68'],
}

/** An accessory as an SVG file of 96×96, as it is worn by one who faces us. */
export function accessoryArt(kind: AccessoryKind, color: AccessoryColor): string {
  const [main, dark, light] = fills[color]
  const band = color === 'yellow' || color === 'white' ? '#e0434b' : '#ffd85a'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">${drawings[kind]({ main, dark, light, band })}</svg>`
}

interface Paint {
  readonly main: string
  readonly dark: string
  readonly light: string
  readonly band: string
}

const drawings: { readonly [K in AccessoryKind]: (paint: Paint) => string } = {
  hat: ({ main, dark, light, band }) =>
    `<ellipse cx="48" cy="76" rx="44" ry="11" fill="${dark}"/><ellipse cx="48" cy="73" rx="44" ry="10" fill="${main}"/>` +
    `<path d="M22 72 Q20 40 25 20 Q48 10 71 20 Q76 40 74 72 Q48 82 22 72 Z" fill="${main}"/>` +
    `<path d="M21.4 58 Q48 68 74.6 58 L74 71 Q48 81 22 71 Z" fill="${band}"/>` +
    `<path d="M30 26 Q28 40 29 54" stroke="${light}" stroke-width="5" fill="none" stroke-linecap="round" opacity="0.8"/>` +
    `<ellipse cx="48" cy="20" rx="23" ry="6" fill="${light}" opacity="0.5"/>`,
  cap: ({ main, dark, light }) =>
    `<path d="M14 72 Q14 32 48 30 Q82 32 82 72 Q48 84 14 72 Z" fill="${main}"/>` +
    `<path d="M12 70 Q48 58 84 70 Q92 84 78 88 Q48 76 18 88 Q4 84 12 70 Z" fill="${dark}"/>` +
    `<circle cx="48" cy="31" r="4.5" fill="${dark}"/>` +
    `<path d="M26 46 Q32 38 42 37" stroke="${light}" stroke-width="5" fill="none" stroke-linecap="round" opacity="0.8"/>` +
    `<path d="M48 32 V64" stroke="${dark}" stroke-width="1.6" opacity="0.6"/>`,
  'party hat': ({ main, dark, light, band }) =>
    `<path d="M48 10 L82 84 Q48 98 14 84 Z" fill="${main}"/>` +
    `<path d="M36 37 L60 37 L67 52 L29 52 Z" fill="${band}"/><path d="M22 68 L74 68 L80 80 Q48 92 16 80 Z" fill="${light}"/>` +
    `<path d="M48 10 L82 84 Q76 88 68 90 Z" fill="${dark}" opacity="0.35"/><circle cx="48" cy="12" r="9" fill="${band}"/>`,
  crown: ({ main, dark, light }) =>
    `<path d="M12 80 L8 34 L30 54 L48 20 L66 54 L88 34 L84 80 Q48 92 12 80 Z" fill="${main}"/>` +
    `<path d="M12 70 Q48 82 84 70 L84 80 Q48 92 12 80 Z" fill="${dark}"/>` +
    `<circle cx="8" cy="33" r="5" fill="${light}"/><circle cx="48" cy="20" r="6" fill="${light}"/><circle cx="88" cy="33" r="5" fill="${light}"/>` +
    `<circle cx="48" cy="62" r="6" fill="#ffffff" opacity="0.85"/>`,
  bow: ({ main, dark, light }) =>
    `<path d="M48 60 Q18 24 8 42 Q2 64 12 82 Q22 92 48 60 Z" fill="${main}"/><path d="M48 60 Q78 24 88 42 Q94 64 84 82 Q74 92 48 60 Z" fill="${main}"/>` +
    `<path d="M46 60 Q26 54 16 62 M50 60 Q70 54 80 62" stroke="${dark}" stroke-width="4" fill="none" stroke-linecap="round"/>` +
    `<path d="M16 46 Q22 40 32 48" stroke="${light}" stroke-width="4" fill="none" stroke-linecap="round"/><circle cx="48" cy="60" r="10" fill="${dark}"/>`,
  scarf: ({ main, dark, light }) =>
    `<path d="M56 34 L76 36 L72 86 L54 84 Z" fill="${dark}"/><path d="M54 84 l1 8 m5 -7.4 l0 8 m6 -7.6 l-.4 8 m6 -8 l-1 8" stroke="${dark}" stroke-width="3"/>` +
    `<path d="M57 52 L74 53 L73 62 L56.4 61 Z" fill="${light}" opacity="0.8"/>` +
    `<path d="M4 18 Q48 40 92 18 Q98 32 90 42 Q48 62 6 42 Q-2 32 4 18 Z" fill="${main}"/>` +
    `<path d="M8 28 Q48 50 88 28" stroke="${light}" stroke-width="4" fill="none" opacity="0.7"/>`,
  glasses: ({ main }) =>
    `<g fill="#ffffff" fill-opacity="0.28" stroke="${main}" stroke-width="7"><circle cx="24" cy="48" r="18"/><circle cx="72" cy="48" r="18"/></g>` +
    `<path d="M42 46 Q48 40 54 46 M6 44 L0 40 M90 44 L96 40" stroke="${main}" stroke-width="6" fill="none"/>`,
  sunglasses: ({ main, light }) =>
    `<path d="M4 34 H92 V40 Q92 66 72 66 Q54 66 52 44 Q48 40 44 44 Q42 66 24 66 Q4 66 4 40 Z" fill="${main}"/>` +
    `<path d="M12 40 H38 Q37 58 25 58 Q12 58 12 40 Z M58 40 H84 Q84 58 71 58 Q59 58 58 40 Z" fill="#16141c"/>` +
    `<path d="M16 44 L26 44 M62 44 L72 44" stroke="${light}" stroke-width="4" stroke-linecap="round" opacity="0.7"/>`,
}
