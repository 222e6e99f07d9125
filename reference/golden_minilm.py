"""Token vectors of all-MiniLM-L6-v2 by the reference implementation, for our tests: see README.md."""

import json

import tokenizers
import torch
import transformers
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from minilm import GOLDEN, SHA256, SHIPPED, SOURCE, published, write_safetensors

SENTENCES = [
    "A red fox runs through a snowy forest.",
    "A dog chases a cat.",
    "A cat chases a dog.",
    "Rain.",
    "Two astronauts float above the moon, waving at Earth.",
    "The little robot, rusty and tired, looks up at the stars.",
    "a whale jumps out of the sea at sunset",
    "SLOW PAN LEFT: a lighthouse in a storm!",
    "She doesn't dance; she flies.",
    "Der Hund läuft schnell durch den Wald.",
    "A naïve penguin at a café in Zürich",
    "3 green apples roll down a 45° slope",
    "An axolotl swims past antidisestablishmentarianism",
    "🦊 and 🐻 are friends",
    "猫 is Japanese for cat",
    "He said \"hello\" (twice) -- then left...",
    "www.example.com/path?x=1&y=2",
    "It is not raining, and nobody walks in the street.",
    "The camera zooms in on a butterfly on a blue flower at dawn",
    "x",
]

# For the tokenizer alone: texts in NFC, for offsets count units of the normalised text.
TOKENIZER_ONLY = [
    "",
    "   ",
    "Ünïcödé Ærøskøbing İstanbul ΣΊΣΥΦΟΣ straße",
    "кот и собака",
    "日本語のテキスト、です。",
    "👩‍🚀 walks 👍🏽 on the moon",
    "tab\tnew\nline\u00a0nbsp\u3000ideographic\u200bzero",
    "a" * 101,
    "e\u0323\u0302 q\u0301 combining",
    "don't can't o'clock rock'n'roll",
    "£100 €5 ¥7 ½ ² ™ © … — – “quoted”",
    "नमस्ते दुनिया",
    "مرحبا بالعالم",
    "##ing [brackets] under_score a/b\\c ^ ` | ~ $ + < = >",
    "한국어 고양이",
]


def utf16(text: str, offsets: list[tuple[int, int]]) -> list[list[int]]:
    """Offsets in code points to offsets in UTF-16 units, as JavaScript counts."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [[units[start], units[end]] for start, end in offsets]


def model_with(weights: dict[str, torch.Tensor], folder) -> BertModel:
    config = BertConfig.from_pretrained(folder, attn_implementation="eager")
    model = BertModel(config, add_pooling_layer=False).eval()
    # Every weight of the network must be there, and nothing else.
    wanted = {name: value.float() for name, value in weights.items() if name in model.state_dict()}
    model.load_state_dict(wanted, strict=True)
    return model


def main() -> None:
    torch.set_num_threads(2)
    folder = published()
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    original = model_with(load_file(folder / "model.safetensors"), folder)
    rounded = model_with(load_file(SHIPPED / "model.safetensors"), folder)

    tensors: dict[str, torch.Tensor] = {}
    for index, sentence in enumerate(SENTENCES):
        ids = torch.tensor([tokenizer.encode(sentence).ids])
        with torch.inference_mode():
            for name, model in (("original", original), ("rounded", rounded)):
                tensors[f"{name}.{index}"] = model(input_ids=ids).last_hidden_state[0].contiguous()

    provenance = {
        "source": SOURCE,
        "source_sha256": SHA256["model.safetensors"],
        "made_by": "reference/golden_minilm.py",
        "tokenizer": f"tokenizers {tokenizers.__version__}",
        "reference": f"transformers {transformers.__version__} BertModel, torch {torch.__version__}, 32-bit, CPU",
    }
    GOLDEN.mkdir(exist_ok=True)
    write_safetensors(GOLDEN / "minilm.safetensors", tensors, provenance)

    encodings = []
    for text in SENTENCES + TOKENIZER_ONLY:
        encoding = tokenizer.encode(text)
        encodings.append({"text": text, "ids": encoding.ids, "offsets": utf16(text, encoding.offsets)})
    lines = ",\n".join(json.dumps(encoding) for encoding in encodings)
    (GOLDEN / "minilm.json").write_text(
        f'{{"provenance":{json.dumps(provenance)},"sentences":{len(SENTENCES)},"encodings":[\n{lines}\n]}}\n'
    )

    distance = max(
        (tensors[f"original.{i}"] - tensors[f"rounded.{i}"]).abs().max().item() for i in range(len(SENTENCES))
    )
    print(f"{len(SENTENCES)} sentences; rounding the weights moves a number by at most {distance:.2e}")


if __name__ == "__main__":
    main()
