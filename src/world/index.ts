export { type ActionName, actionRules, pairActions, soloActions } from './actions.ts'
export { type Actor, actorOf, actors } from './actors.ts'
export { type Caption, writeCaption } from './captions.ts'
export type { Identity } from './choose-facts.ts'
export { type ClipStream, type ClipStreamOptions, createClipStream } from './clip-stream.ts'
export { type EnsembleKind, type EnsembleOptions, scriptEnsemble } from './ensemble.ts'
export type { RelationName } from './facts.ts'
export {
  type Accessory,
  accessoriesOf,
  type Coat,
  coats,
  type Looks,
  plainLooks,
  type SkinTone,
} from './looks.ts'
export { type BuildPackOptions, buildPack, loadPack, openPack } from './pack.ts'
export { referenceOf, settingReference } from './reference.ts'
export { type RenderedClip, type RenderOptions, renderClip } from './render.ts'
export { type ClipScript, type ScriptActor, type ScriptOptions, scriptClip } from './script.ts'
export {
  type Season,
  type Setting,
  type SettingName,
  settingNames,
  settings,
  type TimeOfDay,
  type Weather,
} from './settings.ts'
export { type StoryMember, type StoryOptions, type StoryScript, scriptStory } from './story-script.ts'
export type { WorldPack } from './world-pack.ts'
