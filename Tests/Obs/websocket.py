"""obs-websocket 5 over the few lines of RFC 6455 that it takes: one client, text frames, no compression."""

import base64
import hashlib
import json
import os
import socket
import struct


class ObsError(Exception):
    """OBS refused, went away, or did not answer in time."""


class Connection:
    """A session with OBS on this machine; `request` asks and waits for the answer."""

    def __init__(self, port, password, seconds):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.received = b""
        self.requests = 0
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: obswebsocket.json\r\n\r\n".encode())
        while b"\r\n\r\n" not in self.received:
            self._receive()
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ObsError(f"OBS opened no WebSocket: {head[:80]!r}")
        hello = self._read()["d"]
        identify = {"rpcVersion": 1, "eventSubscriptions": 0}
        if "authentication" in hello:
            asked = hello["authentication"]
            secret = _digest(password + asked["salt"])
            identify["authentication"] = _digest(secret + asked["challenge"])
        self._write({"op": 1, "d": identify})
        if self._read()["op"] != 2:
            raise ObsError("OBS did not let us in")

    def request(self, kind, **values):
        """The data of the answer.

        Raises ObsError when OBS refuses."""
        self.requests += 1
        name = str(self.requests)
        self._write({"op": 6, "d": {"requestType": kind, "requestId": name, "requestData": values}})
        while True:
            message = self._read()
            if message["op"] == 7 and message["d"]["requestId"] == name:
                break
        status = message["d"]["requestStatus"]
        if not status["result"]:
            raise ObsError(f"{kind}: {status['code']} {status.get('comment', '')}")
        return message["d"].get("responseData") or {}

    def close(self):
        self.socket.close()

    def _receive(self):
        data = self.socket.recv(1 << 16)
        if not data:
            raise ObsError("OBS closed the connection")
        self.received += data

    def _take(self, count):
        while len(self.received) < count:
            self._receive()
        data, self.received = self.received[:count], self.received[count:]
        return data

    def _read(self):
        text = b""
        while True:
            first, second = self._take(2)
            length = second & 127
            if length == 126:
                (length,) = struct.unpack(">H", self._take(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self._take(8))
            data, code = self._take(length), first & 15
            if code == 8:
                raise ObsError(f"OBS closed the connection: {data[2:].decode(errors='replace')}")
            if code == 9:
                self._send(10, data)
            elif code in (0, 1):
                text += data
                if first & 128:
                    return json.loads(text)

    def _write(self, message):
        self._send(1, json.dumps(message).encode())

    def _send(self, code, data):
        mask = os.urandom(4)
        if len(data) < 126:
            head = bytes([128 | code, 128 | len(data)])
        else:
            head = bytes([128 | code, 254]) + struct.pack(">H", len(data))
        self.socket.sendall(head + mask + bytes(byte ^ mask[i & 3] for i, byte in enumerate(data)))


def _digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
