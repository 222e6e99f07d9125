"""Hidden states of tiny T5 encoders with every feed-forward part and odd buckets, for src/text/t5.test.ts: see README.md.

Writes golden/wan-text-kinds.safetensors, with names as those of golden_wan_text.py.
"""

import torch
from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

from tiny import randomise, write_golden

torch.set_num_threads(1)
KINDS = ("gelu", "gelu_new", "silu", "gated-relu", "gated-silu")
LENGTH, COUNTS = 23, [23, 9]

tensors: dict[str, torch.Tensor] = {}
configs: dict[str, object] = {}
for seed, kind in enumerate(KINDS):
    name = kind.replace("-", "").replace("_", "")
    model_kind, config_kind = (UMT5EncoderModel, UMT5Config) if seed % 2 else (T5EncoderModel, T5Config)
    config = config_kind(
        vocab_size=19, d_model=8, d_kv=4, d_ff=12, num_layers=2, num_heads=2,
        relative_attention_num_buckets=8 + seed, relative_attention_max_distance=20, feed_forward_proj=kind,
    )  # fmt: skip
    model = randomise(model_kind(config), 500 + seed)
    configs[name] = {**config.to_diff_dict(), "model_type": config.model_type, "d_ff": config.d_ff}
    for key, value in model.state_dict().items():
        if key != "encoder.embed_tokens.weight":
            tensors[f"{name}/weights/{key}"] = value
    mask = torch.stack([(torch.arange(LENGTH) < count).float() for count in COUNTS])
    generator = torch.Generator().manual_seed(600 + seed)
    ids = (torch.randint(1, config.vocab_size, mask.shape, generator=generator) * mask).long()
    with torch.inference_mode():
        out = model(input_ids=ids, attention_mask=mask).last_hidden_state
    tensors |= {f"{name}/text/ids": ids, f"{name}/text/mask": mask, f"{name}/text/out": out}

write_golden("wan-text-kinds", tensors, configs, "transformers")
