import type { CommandDef } from 'citty'

/** Where each command lies; a command's file is small, and loads what is heavy only when it runs. */
export const commands = {
  generate: async () => erased((await import('./generate.ts')).generateCommand),
  render: async () => erased((await import('./render.ts')).renderCommand),
  resume: async () => erased((await import('./resume.ts')).resumeCommand),
  understand: async () => erased((await import('./understand.ts')).understandCommand),
  plan: async () => erased((await import('./plan.ts')).planCommand),
  cast: async () => erased((await import('./cast.ts')).castCommand),
  motion: async () => erased((await import('./motion.ts')).motionCommand),
  train: async () => erased((await import('./train.ts')).trainCommand),
  world: async () => erased((await import('./world.ts')).worldCommand),
  models: async () => erased((await import('./models.ts')).modelsCommand),
  doctor: async () => erased((await import('./doctor.ts')).doctorCommand),
} as const

/** citty's type of a command with options is no subtype of that of any command. */
function erased(command: unknown): CommandDef {
  return command as CommandDef
}

export type CommandName = keyof typeof commands

/** `generate` needs no name: `framewright "a dog runs"`; and `--resume DIR` is `resume DIR`. */
export function commandOf(args: readonly string[]): { readonly name: CommandName; readonly rest: string[] } {
  const resume = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length).indexOf('--resume')
  if (resume >= 0) return { name: 'resume', rest: args.filter((_, i) => i !== resume) }
  const [first, ...rest] = args
  return first !== undefined && Object.hasOwn(commands, first)
    ? { name: first as CommandName, rest }
    : { name: 'generate', rest: [...args] }
}
