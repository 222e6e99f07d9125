import type { Action, Entity, SceneGraph } from './scene-graph.ts'

/** A scene graph as a tree of words for people to read; parts that are empty are left out. */
export function formatSceneGraph(graph: SceneGraph): string {
  const width = Math.max(0, ...[...graph.characters, ...graph.objects].map(({ id }) => id.length))
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['characters', graph.characters.map((entity) => entityLine(entity, width))],
    ['objects', graph.objects.map((entity) => entityLine(entity, width))],
    ['actions', graph.actions.map(actionLine)],
    [
      'settings',
      graph.settings.map(({ place, weather, time, season }) => list([place, weather, time, season])),
    ],
    ['relations', graph.relations.map(({ subject, relation, object }) => `${subject} ${relation} ${object}`)],
    ['camera', graph.camera.map(({ move }) => move)],
    ['style', graph.style],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n')
}

function entityLine({ id, name, count }: Entity, width: number): string {
  return `${id.padEnd(width)}  ${count === 1 ? name : `${count} × ${name}`}`
}

function actionLine({ agents, patients, lemma, negated, direction, manner }: Action): string {
  const doing = [agents.join(' and '), negated ? 'not' : '', lemma, patients.join(' and ')]
  return list([doing.filter((part) => part !== '').join(' '), direction, manner])
}

function list(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ')
}
