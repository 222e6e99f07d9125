"""Names of HTML's characters for src/text/html-names.ts, and lines as Python's html.unescape reads them. See README.md.

diffusers reads every prompt of Wan by html.unescape, twice. Writes src/text/html-names.ts (the names of the HTML
standard, as Python has them) and golden/html-unescape.json: pairs of a line and what it becomes.
"""

import html
import json
import random
from html.entities import html5
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMES = ROOT / "src/text/html-names.ts"
GOLDEN = ROOT / "reference/golden/html-unescape.json"

HEAD = """// Written by reference/html_entities.py.

/** Every name of a character in HTML (https://html.spec.whatwg.org/#named-character-references), and its code points. */
export const htmlNames =
"""
MIDDLE = """
/** Those that are read without a semicolon too, for they are older than the rule. */
export const bareHtmlNames =
"""


def lines_of(words: list[str], width: int = 104) -> str:
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    lines.append(line)
    return " +\n".join(f"  '{text}{'' if i == len(lines) - 1 else ' '}'" for i, text in enumerate(lines))


named = {name[:-1]: value for name, value in html5.items() if name.endswith(";")}
bare = [name for name in html5 if not name.endswith(";")]
if any(html5[name] != named[name] for name in bare):
    raise SystemExit("a name is another character without its semicolon")
codes = [f"{name}={'+'.join(format(ord(c), 'x') for c in value)}" for name, value in sorted(named.items())]
NAMES.write_text(f"{HEAD}{lines_of(codes)}\n{MIDDLE}{lines_of(sorted(bare))}\n")

lines = [
    "no entities & none here", "a &amp; b", "a &amp;amp; b", "&lt;b&gt;", "&quot;x&quot; &apos;y&apos;", "&copy 2025",
    "&copy;2025", "&notit; &notin; &notanything;", "&AMP &Amp; &aMp;", "&unknown; &;", "&#65;&#66 &#x43;&#X64", "&#0;",
    "&#x80;&#x99;&#150;&#x81;", "&#xD800;&#x110000;&#99999999999;", "&#1;|&#xB;|&#x7f;|&#xfdd0;|&#xfffe;|&#x1ffff;",
    "&#13;&#10;&#9;|", "&nbsp;&emsp;|", "&NotEqualTilde;&fjlig;&bne;", "&CounterClockwiseContourIntegral;",
    "&CounterClockwiseContourIntegralX", "&a😀mp; &amp😀", "&amp&lt&gt", "&ampamp;", "&&amp;&", "&#;&#x;&#xg;", "&eacute;t&eacute",
    "&" + "a" * 40 + ";", "&" + "😀" * 40 + ";", "&amp" + "x" * 40, "&lt\t&gt\n&amp\f&quot",
]  # fmt: skip
generator = random.Random(7)
pieces = [*(f"&{name}" for name in generator.sample(sorted(html5), 150)), "&#", "x", ";", "&", "7", " ", "é", "日"]
lines += ["".join(generator.choices(pieces, k=6)) for _ in range(120)]
lines += [f"&{name};" for name in generator.sample(sorted(named), 40)]
GOLDEN.write_text(json.dumps([[line, html.unescape(line)] for line in lines], ensure_ascii=True, indent=0) + "\n")
print(f"{len(named)} names, {len(bare)} bare; {len(lines)} lines")
