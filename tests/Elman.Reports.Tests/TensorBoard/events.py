#!/usr/bin/python3
"""An event file for TensorBoard by Google's Protocol Buffers (Debian's python3-protobuf), and a reader of such files.

Without arguments it writes events.bin, the file that the log must write byte for byte. With names of files it prints their events, one
a line, and ends with an error if a record is damaged or has unknown fields. The checksum is computed bit by bit.
"""

import pathlib
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# Name, number, type, label (1 one, 3 several) and message type of each field, from TensorBoard's event.proto and summary.proto.
DOUBLE, FLOAT, INT64, INT32, STRING, MESSAGE = 1, 2, 3, 5, 9, 11
MESSAGES = {
    "Value": [("tag", 1, STRING, 1, None), ("simple_value", 2, FLOAT, 1, None)],
    "Summary": [("value", 1, MESSAGE, 3, "Value")],
    "SessionLog": [("status", 1, INT32, 1, None)],
    "Event": [("wall_time", 1, DOUBLE, 1, None), ("step", 2, INT64, 1, None), ("file_version", 3, STRING, 1, None),
              ("summary", 5, MESSAGE, 1, "Summary"), ("session_log", 7, MESSAGE, 1, "SessionLog")],
}
ONE_OF = {"simple_value": "value", "file_version": "what", "summary": "what", "session_log": "what"}


def event_type():
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="tb", syntax="proto3")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind, label, of in fields:
            added = message.field.add(name=field, number=number, type=kind, label=label)
            if of:
                added.type_name = ".tb." + of
            if field in ONE_OF:
                if not message.oneof_decl:
                    message.oneof_decl.add(name=ONE_OF[field])
                added.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("tb.Event"))


Event = event_type()


def masked_checksum(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(event):
    data = event.SerializeToString(deterministic=True)
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked_checksum(length)) + data + struct.pack("<I", masked_checksum(data))


def records(content):
    place = 0
    while place < len(content):
        length, check = struct.unpack_from("<QI", content, place)
        if check != masked_checksum(content[place:place + 8]):
            sys.exit(f"byte {place}: the checksum of the length is wrong")
        data = content[place + 12:place + 12 + length]
        if struct.unpack_from("<I", content, place + 12 + length) != (masked_checksum(data),):
            sys.exit(f"byte {place}: the checksum of the data is wrong")
        event = Event.FromString(data)
        if event.SerializeToString(deterministic=True) != data:
            sys.exit(f"byte {place}: the event has fields that are not known, or an order that Protocol Buffers does not write")
        yield event
        place += 16 + length


def scalars(time, step, **values):
    event = Event(wall_time=time, step=step)
    for tag, value in values.items():
        event.summary.value.add(tag=tag.replace("__", "/"), simple_value=value)
    return event


def start(time, step):
    event = Event(wall_time=time, step=step)
    event.session_log.status = 1
    return event


def main():
    if len(sys.argv) > 1:
        for name in sys.argv[1:]:
            for event in records(pathlib.Path(name).read_bytes()):
                what = event.file_version or (event.HasField("session_log") and f"session_log {event.session_log.status}") or "  ".join(
                    f"{value.tag} {value.simple_value:.6g}" for value in event.summary.value)
                print(f"{event.wall_time:.3f} step {event.step}: {what}")
        return
    begin = 1700000000.25
    events = [
        Event(wall_time=begin, file_version="brain.Event:2"),
        start(begin, 1),
        scalars(begin, 1, train__loss=0.75, train__accuracy=0.5, val__loss=0.8125, val__accuracy=0.25, lr=0.01),
        scalars(begin + 1.5, 2, train__loss=0.1, train__accuracy=1.0, val__loss=0.0, val__accuracy=1.0, lr=0.0),
        scalars(begin + 300, 300, train__loss=1e-30, lr=1e-5),
        start(begin + 301, 12),
        scalars(begin + 301, 12, **{"candidate/grün/train_loss": 2.5}),
        scalars(begin + 302, 1000, **{"candidate/grün": 0.5, "candidate/esn": 3.0}),
        start(begin + 303, 0),
        scalars(begin + 303, 0, **{"candidate/grün/train_loss": 4.0}),
    ]
    (pathlib.Path(__file__).parent / "events.bin").write_bytes(b"".join(record(event) for event in events))


main()
