"""Published all-MiniLM-L6-v2 to weights/minilm: 16-bit weights, a compact tokenizer, the configuration.

Names are the published ones. Left out, for token vectors do not need them: the pooler and the position ids.
"""

import json

import torch
from safetensors.torch import load_file

from minilm import SHA256, SHIPPED, SOURCE, published, write_safetensors

CONFIG_KEYS = (
    "hidden_act",
    "hidden_size",
    "intermediate_size",
    "layer_norm_eps",
    "max_position_embeddings",
    "num_attention_heads",
    "num_hidden_layers",
    "type_vocab_size",
    "vocab_size",
)


def main() -> None:
    folder = published()
    SHIPPED.mkdir(parents=True, exist_ok=True)

    tensors = {
        name: tensor.to(torch.float16).contiguous()
        for name, tensor in load_file(folder / "model.safetensors").items()
        if not name.startswith("pooler.") and name != "embeddings.position_ids"
    }
    metadata = {
        "source_sha256": SHA256["model.safetensors"],
        "source": SOURCE,
        "license": "Apache-2.0",
        "format": "pt",
        "changes": "rounded to 16 bits; pooler and position_ids left out",
    }
    write_safetensors(SHIPPED / "model.safetensors", tensors, metadata)

    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    # Cutting and padding are ours to decide, and to tell the user about.
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    (SHIPPED / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )

    published_config = json.loads((folder / "config.json").read_text("utf-8"))
    config = {key: published_config[key] for key in CONFIG_KEYS}
    limit = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    config["max_seq_length"] = limit["max_seq_length"]
    (SHIPPED / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")

    count = sum(tensor.numel() for tensor in tensors.values())
    print(f"{len(tensors)} tensors, {count} parameters")


if __name__ == "__main__":
    main()
