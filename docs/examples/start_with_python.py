"""Starts a refund from Python, and reads how it ended. Needs the packages temporalio and cryptography."""

import asyncio
import base64
import dataclasses
import os
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec


class BatonCodec(PayloadCodec):
    """AES-256-GCM over whole payloads, as temporal/codec.ts does it."""

    def __init__(self, named: str) -> None:
        pairs = [pair.split(":") for pair in named.split(",")]
        self.current = pairs[0][0]
        self.keys = {name: AESGCM(base64.b64decode(key)) for name, key in pairs}

    async def encode(self, payloads):
        return [self.seal(payload) for payload in payloads]

    async def decode(self, payloads):
        return [self.open(payload) for payload in payloads]

    def seal(self, payload: Payload) -> Payload:
        iv = os.urandom(12)
        sealed = self.keys[self.current].encrypt(iv, payload.SerializeToString(), None)
        body, tag = sealed[:-16], sealed[-16:]
        metadata = {"encoding": b"binary/encrypted", "encryption-key-id": self.current.encode()}
        return Payload(metadata=metadata, data=iv + tag + body)

    def open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != b"binary/encrypted":
            return payload
        key = self.keys[payload.metadata["encryption-key-id"].decode()]
        iv, tag, body = payload.data[:12], payload.data[12:28], payload.data[28:]
        return Payload.FromString(key.decrypt(iv, body + tag, None))


async def main() -> None:
    converter = dataclasses.replace(
        DataConverter.default,
        payload_codec=BatonCodec(os.environ["PAYLOAD_KEYS"]),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
    address = os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233")
    namespace = os.environ.get("TEMPORAL_NAMESPACE", "default")
    client = await Client.connect(address, namespace=namespace, data_converter=converter)
    request_id = sys.argv[1] if len(sys.argv) > 1 else "python-1"
    handle = await client.start_workflow(
        "refund",  # the workflow's type is the process
        {
            "requestId": request_id,
            "claims": {"email": "aoife.brannock@mail.example"},
            "wishes": [{"action": "return", "orderId": "O-2013", "itemIds": ["I-2013-1"], "refundTo": "PM-1007-card"}],
            "message": "Please take it back.",
            "confirmed": True,
        },
        id=f"refund/{request_id}",  # the workflow's id is the case's id
        id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        task_queue=os.environ.get("TASK_QUEUE", "baton"),
        memo={"requestedBy": "back-office"},
    )
    print(handle.id, await handle.result())


asyncio.run(main())
# Threads of the SDK may crash the interpreter while it shuts down (PyGILState_Release): this ends without that.
sys.stdout.flush()
os._exit(0)
