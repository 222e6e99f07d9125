import { type Actor, actor } from '../actor.ts'

/** People by their profession or part: busts. */
export const roles: readonly Actor[] = [
  actor('person', 'doctor', '1f9d1-200d-2695-fe0f', 1, {
    also: ['nurse', 'health worker'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'woman-doctor', '1f469-200d-2695-fe0f', 1, {
    also: ['nurse', 'female doctor'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'student', '1f9d1-200d-1f393', 1, { also: ['graduate'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-student', '1f469-200d-1f393', 1, {
    also: ['female student', 'woman graduate'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'teacher', '1f9d1-200d-1f3eb', 1, { facing: 'front', shows: 'bust' }),
  actor('person', 'woman-teacher', '1f469-200d-1f3eb', 1, {
    also: ['female teacher'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'judge', '1f9d1-200d-2696-fe0f', 1, { facing: 'front', shows: 'bust' }),
  actor('person', 'woman-judge', '1f469-200d-2696-fe0f', 1, {
    also: ['female judge'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'farmer', '1f9d1-200d-1f33e', 1, { facing: 'front', shows: 'bust' }),
  actor('person', 'woman-farmer', '1f469-200d-1f33e', 1, {
    also: ['female farmer'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'cook', '1f9d1-200d-1f373', 1, { also: ['chef'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-cook', '1f469-200d-1f373', 1, {
    also: ['female cook', 'woman chef'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'mechanic', '1f9d1-200d-1f527', 1, { also: ['repairman'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-mechanic', '1f469-200d-1f527', 1, {
    also: ['female mechanic'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'factory-worker', '1f9d1-200d-1f3ed', 1, {
    also: ['welder', 'worker'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'office-worker', '1f9d1-200d-1f4bc', 1, {
    also: ['businessman', 'man in a suit'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'scientist', '1f9d1-200d-1f52c', 1, { also: ['chemist'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-scientist', '1f469-200d-1f52c', 1, {
    also: ['female scientist'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'programmer', '1f9d1-200d-1f4bb', 1, {
    also: ['person with a laptop'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'singer', '1f9d1-200d-1f3a4', 1, { also: ['rock star'], facing: 'front', shows: 'bust' }),
  actor('person', 'artist', '1f9d1-200d-1f3a8', 1, { also: ['painter'], facing: 'front', shows: 'bust' }),
  actor('person', 'pilot', '1f9d1-200d-2708-fe0f', 1, { also: ['captain'], facing: 'front', shows: 'bust' }),
  actor('person', 'astronaut', '1f9d1-200d-1f680', 1, { also: ['spaceman'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-astronaut', '1f469-200d-1f680', 1, {
    also: ['female astronaut'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'firefighter', '1f9d1-200d-1f692', 1, {
    also: ['fireman'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'woman-firefighter', '1f469-200d-1f692', 1, {
    also: ['female firefighter'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'police-officer', '1f46e', 1, {
    also: ['policeman', 'cop'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'policewoman', '1f46e-200d-2640-fe0f', 1, {
    also: ['woman police officer'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'detective', '1f575-fe0f', 1, { also: ['spy'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-detective', '1f575-fe0f-200d-2640-fe0f', 1, {
    also: ['female detective'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'guard', '1f482', 1, { also: ['royal guard', 'soldier'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-guard', '1f482-200d-2640-fe0f', 1, {
    also: ['female guard'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'ninja', '1f977', 1, { facing: 'front', shows: 'bust' }),
  actor('person', 'builder', '1f477', 1, { also: ['construction worker'], facing: 'front', shows: 'bust' }),
  actor('person', 'woman-builder', '1f477-200d-2640-fe0f', 1, {
    also: ['woman construction worker'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'prince', '1f934', 1, { also: ['king'], facing: 'front', shows: 'bust' }),
  actor('person', 'princess', '1f478', 1, { also: ['queen'], facing: 'front', shows: 'bust' }),
  actor('person', 'groom', '1f935-200d-2642-fe0f', 1, {
    also: ['man in a tuxedo'],
    facing: 'front',
    shows: 'bust',
  }),
  actor('person', 'woman-in-a-tuxedo', '1f935-200d-2640-fe0f', 1, { facing: 'front', shows: 'bust' }),
  actor('person', 'bride', '1f470-200d-2640-fe0f', 1, {
    also: ['woman with a veil'],
    facing: 'front',
    shows: 'bust',
  }),
]
