export { understand } from './understand/understand.ts'
