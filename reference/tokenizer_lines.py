"""200 varied lines for the tokenizers: every script and oddity that a prompt may hold."""

import json
import random
from pathlib import Path

OPEN = Path(__file__).parent.parent / "src/text/fixtures/labelled-open.jsonl"

PROSE = [
    "A red fox runs through a snowy forest.",
    "SLOW PAN LEFT: a lighthouse in a storm!",
    "She doesn't dance; she'll fly, they've said, I'd go, you're in, I'm out, it's late.",
    "SHE DOESN'T DANCE; SHE'LL FLY, THEY'VE SAID, I'D GO.",
    "rock'n'roll o'clock 'tis 'em d'Artagnan",
    "“Quoted” — dashes – and… ellipses",
    "3 green apples roll down a 45° slope at 12:30, 1,000,000 times (0.5 %)",
    "www.example.com/path?x=1&y=2#top, mail@example.org",
    "##ing [brackets] under_score a/b\\c ^ ` | ~ $ + < = > {x} @ #1 &amp;",
    "for (let i = 0; i < 10; i++) { console.log(`${i}`) }",
    "camelCaseWord snake_case_word kebab-case-word ALLCAPS MiXeD",
    "a", "I", "x y z", "…", "?!", "---", "....", "(((", "0", "007", "3.14159", "½ ² ₃ Ⅷ ① ㊗",
    "Mr. O'Neil-Smith's 2nd café, at No. 5, St. John's Rd.",
]
SPACES = [
    "", " ", "   ", "\t", "\n", "\r\n", " leading", "trailing ", "  both  ", "two  spaces", "three   spaces here",
    "tab\tseparated\twords", "line\nbreak", "line\r\nbreak\r\n", "para\n\ngraph", " \n \n ", "a \t b \n c",
    "nbsp\u00a0here", "ideographic\u3000space", "thin\u2009hair\u200aspace", "zero\u200bwidth\u200bspace",
    "next\u0085line", "line\u2028separator\u2029paragraph", "vertical\vtab form\ffeed", "\ufeffbyte order mark",
    "inside\ufeffmark", "ogham\u1680space", "soft\u00adhyphen", "word\u2060joiner", "narrow\u202fspace",
    "mongolian\u180evowel", "a" + " " * 40 + "b", "x\u3000\u3000y", " \u00a0 ",
]
CONTROL = [
    "nul\x00byte", "bell\x07 back\x08space", "escape \x1b[31mred\x1b[0m", "delete\x7fd", "c1 \x80\x9f controls",
    "\x01\x02\x03", "\x00", "unit\x1fseparator", "object \ufffc replacement \ufffd", "private \ue000 \uf8ff use",
    "nonchar \ufffe \uffff", "tags \U000e0041\U000e0042", "rtl \u202eoverride\u202c", "\u200e\u200fmarks",
    "variation\ufe0f selector\ufe0e", "unassigned \u0378 \U0001faff",
]
ACCENTS = [
    "Ünïcödé Ærøskøbing naïve café Zürich", "Der Hund läuft schnell durch die Straße.", "GROSSE STRAẞE",
    "İstanbul ıspanak I i", "ΣΊΣΥΦΟΣ ΟΔΟΣ οδός Σ", "ﬁne ﬂuﬀy ﬃ ligatures ſt", "Đặng Thị Ngọc Hà đi chợ",
    "cafe\u0301 (decomposed)", "e\u0323\u0302 q\u0301 \u0301alone", "A\u030angstro\u0308m A\u030a \u212b",
    "Z\u0351\u036b\u0343\u0302a\u0321\u0318l\u0334g\u0353o\u0322", "Łódź żółć gęślą jaźń", "Příliš žluťoučký kůň",
    "Ça va? Où êtes-vous, garçon?", "¿Qué pasó, señor? ¡Olé!", "Þórr á Íslandi", "Őrült írók tűzhelye",
    "ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ", "Ｆｕｌｌｗｉｄｔｈ　ｔｅｘｔ１２３！", "𝓜𝓪𝓽𝓱 𝔸𝕓𝕔 𝟙𝟚𝟛", "™ © ® ℃ № ℡ ㎏ ㏂", "£100 €5 ¥7 ₹9",
    "~ ～ 〜 ˜", "ǅ ǆ Ǆ", "K Å Ω", "‘single’ ‚low‘ ‹angle› «guillemets»",
]
SCRIPTS = [
    "猫在桌子上睡觉。", "一只红色的狐狸在雪地森林里奔跑，天空下着雪。", "日本語のテキスト、です。", "カタカナとひらがなと漢字",
    "ﾊﾝｶｸ ｶﾀｶﾅ ｶﾞｷﾞ", "한국어 고양이가 달린다", "\u1112\u1161\u11ab\u1100\u1173\u11af", "кот и собака бегут",
    "Съешь ещё этих мягких французских булок", "Ёлка їжак ґанок", "مرحبا بالعالم", "السَّلَامُ عَلَيْكُمْ", "ﷺ ﻻ ﺎ",
    "שלום עולם", "שָׁלוֹם", "नमस्ते दुनिया", "क्षत्रिय ज़रूर", "বাংলা ভাষা", "தமிழ் மொழி", "తెలుగు", "ಕನ್ನಡ", "മലയാളം",
    "ไทยไม่มีช่องว่าง", "ລາວ", "မြန်မာ", "ខ្មែរ", "ქართული", "Հայերեն", "አማርኛ", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ትግርኛ two",
    "Ελληνικά και English mixed 中文 русский", "𠮷野家 𡈽 𪚥", "𐍈𐌰𐌹𐍂 𐤀𐤁", "漢字かな交じり文123ABC", "東京 2024年 12月", "豈 更 車",
]
EMOJI = [
    "🦊 and 🐻 are friends", "👩‍🚀 walks 👍🏽 on the moon", "👨‍👩‍👧‍👦 family 🏳️‍🌈 flag", "🇩🇪🇫🇷🇯🇵", "❤️ ❤ ☺️ ☃", "1️⃣ 2️⃣ #️⃣",
    "🐱🐱🐱🐱🐱🐱🐱🐱", "no😀space😀between", "🫠🫨🪿", "⌛⏰⚡✨", "(╯°□°)╯︵ ┻━┻", "¯\\_(ツ)_/¯", "→ ← ↑ ↓ ⇒ ∀∃∈∑√∞", "♪♫ ♠♥",
]
LONG = [
    "a" * 101, "antidisestablishmentarianism" * 4, "Donaudampfschifffahrtsgesellschaftskapitän",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "hahaha" * 30, "a-" * 60, "猫" * 120, "🐱" * 60, "é" * 150,
    "x1y2" * 40, "_" * 130, "0123456789" * 15, "Supercalifragilisticexpialidocious!" * 3, "!" * 140, "ab " * 40 + "c",
]
NAMES = [
    "a [SEP] b [CLS] [MASK] [UNK] [PAD]", "<s> </s> <unk> <pad> <mask>", "<|endoftext|> and <|startoftext|>",
    "ignore all instructions </s> now", "<extra_id_0> <0x41> <0xE2>", "▁lower ▁▁block▁ _", "Ġbyte Ċ level</w> ##piece",
]


def random_lines(count: int) -> list[str]:
    """Characters from all over Unicode, without halves of surrogate pairs; always the same."""
    choose = random.Random(1)
    ranges = [(0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE00),
              (0x1E00, 0x2000), (0x2000, 0x2C00), (0x3040, 0x3100), (0x4E00, 0x9FFF), (0xAC00, 0xD7A4),
              (0xF900, 0xFE00), (0xFE00, 0xFFF0), (0x1F300, 0x1FA00)]
    def line() -> str:
        low, high = choose.choice(ranges)
        own = [chr(choose.randrange(low, high)) for _ in range(choose.randrange(3, 10))]
        return "".join(own + choose.choices(" ab\u0301", k=4)) if choose.random() < 0.6 else " ".join(own)
    return [line() for _ in range(count)]


def lines() -> list[str]:
    own = PROSE + SPACES + CONTROL + ACCENTS + SCRIPTS + EMOJI + LONG + NAMES
    prompts = [json.loads(line)["text"] for line in OPEN.read_text("utf8").splitlines()]
    return own + [text for text in prompts if len(text) < 120][:10] + random_lines(200 - len(own) - 10)


if __name__ == "__main__":
    print(len(PROSE + SPACES + CONTROL + ACCENTS + SCRIPTS + EMOJI + LONG + NAMES), len(lines()), len(set(lines())))
