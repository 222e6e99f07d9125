"""Trains the small tokenizers that ours are checked with, of the kinds that published text encoders use: see README.md."""

import itertools
import json
import tempfile
import unicodedata
from base64 import b64encode
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from tokenizer_lines import lines

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "reference/golden"


def texts() -> list[str]:
    """The project’s documents, and half of the lines that will be tokenised: some characters stay unknown."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "reference").glob("*.md"))]
    return [line for file in files for line in file.read_text("utf8").splitlines()] + lines()[::2] * 3


def gpt2() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=1500, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|endoftext|>"]
    )
    tokenizer.train_from_iterator(texts(), trainer)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def clip() -> Tokenizer:
    """CLIP's order of ids: bytes, bytes that end a word, merges, the two special tokens."""
    split = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(split, behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.normalizer, learner.pre_tokenizer = normalizer, pre_tokenizer
    learner.train_from_iterator(texts(), trainers.BpeTrainer(vocab_size=1500, end_of_word_suffix="</w>"))
    merges = [tuple(pair) for pair in json.loads(learner.to_str())["model"]["merges"]]

    bytes_ = sorted(pre_tokenizers.ByteLevel.alphabet())
    start, end = "<|startoftext|>", "<|endoftext|>"
    tokens = [*bytes_, *(byte + "</w>" for byte in bytes_), *(a + b for a, b in merges), start, end]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(tokens))}
    tokenizer = Tokenizer(
        models.BPE(
            vocab=vocabulary,
            merges=merges,
            unk_token=end,
            continuing_subword_prefix="",
            end_of_word_suffix="</w>",
        )
    )
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
    tokenizer.add_special_tokens([start, end])
    tokenizer.post_processor = processors.RobertaProcessing(
        (end, vocabulary[end]), (start, vocabulary[start]), add_prefix_space=False, trim_offsets=False
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def umt5() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(charsmap()),
            normalizers.Strip(left=False, right=True),
            normalizers.Replace(Regex(" {2,}"), "▁"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    special = ["<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=900, special_tokens=special, unk_token="<unk>")
    tokenizer.train_from_iterator(texts(), trainer)

    learned = json.loads(tokenizer.to_str())["model"]["vocab"]
    vocabulary = [tuple(piece) for piece in learned if piece[0] not in special]
    bytes_ = [(f"<0x{byte:02X}>", 0.0) for byte in range(256)]
    tokenizer.model = models.Unigram(
        [*((name, 0.0) for name in special), *bytes_, *vocabulary], unk_id=2, byte_fallback=True
    )
    tokenizer.add_special_tokens(special)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def charsmap() -> bytes:
    """
    Rules as of SentencePiece's `nmt_nfkc` (NFKC, control characters dropped, every white space a space), compiled by
    SentencePiece itself; made from Python's Unicode tables, without Hangul syllables and CJK compatibility ideographs
    so that the file stays small.
    """
    rules = {chr(code): " " for code in WHITE_SPACE} | {chr(code): "" for code in DROPPED}
    for code in itertools.chain(range(0xA0, 0xAC00), range(0xFB00, 0xFFF0), range(0x1D400, 0x1D800)):
        character = chr(code)
        if character in rules or unicodedata.category(character) in ("Cn", "Co", "Cs"):
            continue
        folded = unicodedata.normalize("NFKC", character)
        if folded != character:
            rules[character] = folded
        decomposed = unicodedata.normalize("NFD", character)
        if len(decomposed) > 1 and unicodedata.normalize("NFC", decomposed) == character:
            rules[decomposed] = character
            rules[decomposed[0:2]] = unicodedata.normalize("NFC", decomposed[0:2])
    rules = {source: target for source, target in rules.items() if source != target}

    def hexadecimal(text: str) -> str:
        return " ".join(f"{ord(character):X}" for character in text)

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rules.tsv"
        table.write_text("".join(f"{hexadecimal(a)}\t{hexadecimal(b)}\n" for a, b in sorted(rules.items())), "utf8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter((ROOT / "README.md").read_text("utf8").splitlines()),
            model_prefix=f"{folder}/model",
            vocab_size=300,
            character_coverage=0.98,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(table),
            minloglevel=2,
        )
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString((Path(folder) / "model.model").read_bytes())
        return model.normalizer_spec.precompiled_charsmap


WHITE_SPACE = [0x9, 0xA, 0xC, 0xD, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x2581,
               0x3000, 0xFEFF, 0xFFFD]
DROPPED = [*range(0x1, 0x9), 0xB, *range(0xE, 0x20), 0x7F, 0x8F, 0x9F]

if __name__ == "__main__":
    for name, make in (("gpt2", gpt2), ("clip", clip), ("umt5", umt5)):
        file = GOLDEN / f"tokenizer-{name}.json"
        made = json.loads(make().to_str())
        file.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")
        print(file.name, f"{file.stat().st_size / 1000:.0f} kB")
