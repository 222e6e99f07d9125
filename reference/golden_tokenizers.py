"""Token ids and offsets of 200 varied lines by the reference tokenizers (Rust), for our tests: see README.md."""

import json
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer

from tokenizer_lines import lines

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "reference/golden"

# The older files of T5 split at white space first, normalise by the character map alone, and know no bytes.
T5 = {
    "pre_tokenizer": {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
        ],
    },
}
CASES = {
    "minilm": "weights/minilm/tokenizer.json",
    "gpt2": "reference/golden/tokenizer-gpt2.json",
    "clip": "reference/golden/tokenizer-clip.json",
    "umt5": "reference/golden/tokenizer-umt5.json",
    "t5": "reference/golden/tokenizer-umt5.json",
}
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


def reference(name: str) -> Tokenizer:
    config = json.loads((ROOT / CASES[name]).read_text("utf8"))
    if name == "t5":
        config |= T5
        config["normalizer"] = config["normalizer"]["normalizers"][0]
        config["model"]["byte_fallback"] = False
    if config["model"]["type"] == "Unigram":
        # Names of special tokens in a text are plain text, as they are to SentencePiece itself.
        for token in config["added_tokens"]:
            config["model"]["vocab"][token["id"]][0] = token["content"] = f"\0{token['content']}"
        processor = config["post_processor"]
        processor["single"][1]["SpecialToken"]["id"] = "\0</s>"
        processor["special_tokens"] = {"\0</s>": {"id": "\0</s>", "ids": [1], "tokens": ["\0</s>"]}}
    tokenizer = Tokenizer.from_str(json.dumps(config))
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def spans(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    """Starts and ends in UTF-16 units, as JavaScript counts, of the tokens without the white space around them."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    flat = []
    for start, end in offsets:
        while start < end and text[start] in WHITE_SPACE:
            start += 1
        while end > start and text[end - 1] in WHITE_SPACE:
            end -= 1
        flat += [units[start], units[end]]
    return flat


def main() -> None:
    own = lines()
    golden = {"tokenizers": tokenizers.__version__, "lines": own, "cases": {}}
    for name, file in CASES.items():
        encodings = reference(name).encode_batch(own)
        golden["cases"][name] = {
            "file": file,
            "ids": [encoding.ids for encoding in encodings],
            "spans": [spans(text, encoding.offsets) for text, encoding in zip(own, encodings)],
        }
    golden["t5"] = T5
    text = json.dumps(golden, ensure_ascii=False, separators=(",", ":"))
    (GOLDEN / "tokenizers.json").write_text(text + "\n", "utf8")
    print(f"{len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
