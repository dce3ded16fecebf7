"""A DEX of one class whose methods call one another in a row, each reading the device's number on its way."""

import struct

from analyzers.app.dex.dexbytes import body, seal, uleb

CLASS, MANAGER = b"LA;", b"Landroid/telephony/TelephonyManager;"
_NONE = 0xFFFFFFFF


def chain_dex(count: int) -> bytes:
    """Return a DEX of ``A``, whose ``onCreate`` calls ``m0``, which calls ``m1``, and so on."""
    strings = [
        CLASS,
        MANAGER,
        b"V",
        b"Ljava/lang/String;",
        b"getDeviceId",
        b"onCreate",
        *(f"m{number}".encode() for number in range(count)),
    ]
    string_ids = 0x70
    type_ids = string_ids + 4 * len(strings)
    proto_ids = type_ids + 16
    method_ids = proto_ids + 24
    class_defs = method_ids + 8 * (count + 2)
    code_at = class_defs + 32
    code, places = b"", []
    for number in range(count + 1):
        places.append(code_at + len(code))
        # invoke-virtual {v0}, getDeviceId; invoke-static {}, the next method; return-void
        next_ = (0x0071, number + 2, 0) if number < count else ()
        code += body((0x106E, 0, 0, *next_, 0x000E))
    data_at = code_at + len(code)
    members = b"".join(uleb(1) + uleb(9) + uleb(place) for place in places)
    data = b"\0\0" + uleb(count + 1) + b"\0" + members
    texts, text_of = b"", []
    for text in strings:
        text_of.append(data_at + len(data) + len(texts))
        texts += uleb(len(text)) + text + b"\0"
    tables = struct.pack(f"<{len(strings)}I", *text_of) + struct.pack("<4I", 0, 1, 2, 3)
    # The prototypes ()V and ()String; getDeviceId has the second.
    tables += struct.pack("<6I", 2, 2, 0, 3, 3, 0) + struct.pack("<HHI", 1, 1, 4)
    tables += b"".join(struct.pack("<HHI", 0, 0, 5 + number) for number in range(count + 1))
    tables += struct.pack("<8I", 0, 1, _NONE, 0, _NONE, 0, data_at, 0)
    rest = tables + code + data + texts
    sizes = (len(strings), string_ids, 4, type_ids, 2, proto_ids, 0, 0, count + 2, method_ids, 1, class_defs)
    fields = (0x70 + len(rest), 0x70, 0x12345678, 0, 0, 0, *sizes, 0, 0)
    return seal(b"dex\n035\0" + b"\0" * 24 + struct.pack("<20I", *fields) + rest)
