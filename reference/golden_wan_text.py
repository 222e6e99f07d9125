"""Hidden states of tiny umT5 and T5 encoders, for src/text/t5.test.ts: see README.md.

Writes golden/wan-text.safetensors. For network `n`: `n/weights/…` under published names; for case `c` of it:
`n/c/ids` and `n/c/mask` [B, T], and `n/c/out` [B, T, width]. `buckets.<n>`: the bucket of each distance from -200.
"""

import torch
from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

from tiny import randomise, write_golden

torch.set_num_threads(1)
NETWORKS = {
    "umt5": (
        UMT5EncoderModel,
        UMT5Config(
            vocab_size=61, d_model=16, d_kv=8, d_ff=40, num_layers=3, num_heads=3,
            relative_attention_num_buckets=32, relative_attention_max_distance=128, feed_forward_proj="gated-gelu",
        ),
    ),
    "umt5odd": (
        UMT5EncoderModel,
        UMT5Config(
            vocab_size=37, d_model=20, d_kv=6, d_ff=24, num_layers=2, num_heads=5,
            relative_attention_num_buckets=12, relative_attention_max_distance=20, feed_forward_proj="gated-gelu",
        ),
    ),
    "t5": (
        T5EncoderModel,
        T5Config(
            vocab_size=61, d_model=24, d_kv=8, d_ff=40, num_layers=3, num_heads=2,
            relative_attention_num_buckets=32, relative_attention_max_distance=128, feed_forward_proj="gated-gelu",
        ),
    ),
    "t5first": (
        T5EncoderModel,
        T5Config(
            vocab_size=29, d_model=16, d_kv=4, d_ff=32, num_layers=2, num_heads=4,
            relative_attention_num_buckets=16, relative_attention_max_distance=64, feed_forward_proj="relu",
        ),
    ),
}  # fmt: skip

# Tokens, and how many of them are no padding in each text.
CASES = {"one": (1, [1]), "seven": (7, [7, 3]), "long": (77, [77, 40, 1]), "far": (203, [190])}

tensors: dict[str, torch.Tensor] = {}
configs: dict[str, object] = {}
for seed, (name, (kind, config)) in enumerate(NETWORKS.items()):
    model = randomise(kind(config), seed)
    configs[name] = {"model_type": config.model_type, **config.to_diff_dict(), "d_ff": config.d_ff}
    shared = {key: value for key, value in model.state_dict().items() if key != "encoder.embed_tokens.weight"}
    for key, value in shared.items():
        tensors[f"{name}/weights/{key}"] = value
    generator = torch.Generator().manual_seed(100 + seed)
    for case, (length, counts) in CASES.items():
        if case == "far" and name != "umt5":
            continue
        ids = torch.randint(1, config.vocab_size, (len(counts), length), generator=generator)
        mask = torch.stack([(torch.arange(length) < count).float() for count in counts])
        ids = (ids * mask).long()
        with torch.inference_mode():
            out = model(input_ids=ids, attention_mask=mask).last_hidden_state
        tensors |= {f"{name}/{case}/ids": ids, f"{name}/{case}/mask": mask, f"{name}/{case}/out": out}
    attention = model.encoder.block[0].layer[0].SelfAttention
    distances = torch.arange(-200, 201)
    bucket = attention._relative_position_bucket
    tensors[f"buckets.{name}"] = (
        bucket(distances)
        if name.startswith("umt5")
        else bucket(
            distances,
            num_buckets=config.relative_attention_num_buckets,
            max_distance=config.relative_attention_max_distance,
        )
    )

write_golden("wan-text", tensors, configs, "transformers")
