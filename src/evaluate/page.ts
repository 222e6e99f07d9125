import type { Evaluation, MeasuredItem } from './evaluate.ts'
import type { Figure, Mean } from './figures.ts'
import type { Answer } from './read-back.ts'

/** Where an item's contact sheet lies beside the page. */
export const sheetPath = (id: string): string => `sheets/${id}.png`

/** The evaluation as one HTML page, for a person; pictures lie beside it. */
export function evaluationPage({ suite, figures, items }: Evaluation): string {
  const untrusted = figures.filter(({ isTrusted }) => !isTrusted).map(({ name }) => name)
  const note =
    untrusted.length === 0
      ? ''
      : `<p><strong>Not trusted</strong> (the classifier reads fewer than 85 % of real renders rightly): ${escapeHtml(untrusted.join(', '))}.</p>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Evaluation: ${escapeHtml(suite.name)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse } th, td { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #ddd }
td.number { text-align: right; font-variant-numeric: tabular-nums } tr.untrusted { color: #999 }
section { margin-top: 2rem; border-top: 1px solid #ddd } img { max-width: 100% }
.right { color: #17692c } .wrong { color: #b3261e }
</style></head><body>
<h1>Evaluation: ${escapeHtml(suite.name)}</h1>
<p>${suite.measured} of ${suite.prompts} prompts. Ceiling: real renders of the same scripts. Floor: the answers to another prompt of the suite, or every other frame from another video.</p>
${note}
<table><thead><tr><th>measure</th><th>generated</th><th>ceiling</th><th>floor</th><th>what it is</th></tr></thead><tbody>
${figures.map(row).join('\n')}
</tbody></table>
${items.map(itemSection).join('\n')}
</body></html>
`
}

function row({ name, generated, ceiling, floor, isTrusted, definition }: Figure): string {
  const cell = (mean: Mean | null): string => `<td class="number">${mean ? formatMean(mean) : '–'}</td>`
  return `<tr${isTrusted ? '' : ' class="untrusted"'}><td>${escapeHtml(name)}</td>${cell(generated)}${cell(ceiling)}${cell(floor)}<td>${escapeHtml(definition)}</td></tr>`
}

/** `.912 (n 20)`. */
export function formatMean({ value, n }: Mean): string {
  return `${value.toFixed(3)} (n ${n})`
}

function itemSection({ item, generated, real }: MeasuredItem): string {
  return `<section id="${item.id}"><h2>${escapeHtml(item.id)}</h2>
<p>${item.shots.map(({ caption }) => escapeHtml(caption)).join('<br>')}</p>
<img src="${sheetPath(item.id)}" alt="Frames of the generated video, and of the real render beneath" loading="lazy">
<p>Generated: ${answerList(generated.answers)}<br>Real: ${answerList(real.answers)}</p></section>`
}

function answerList(answers: readonly Answer[]): string {
  const shown = answers.map(
    ({ question, read, isRight }) =>
      `<span class="${isRight ? 'right' : 'wrong'}">${isRight ? '✓' : '✗'} ${escapeHtml(question)}: ${escapeHtml(read)}</span>`,
  )
  return shown.join(' · ')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
