// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/crc32c.h"

#include <array>

namespace {

constexpr size_t Lanes = 8; // bytes taken at once

using CrcTables = std::array<std::array<quint32, 256>, Lanes>;

constexpr CrcTables crcTables()
{
    constexpr quint32 Polynomial = 0x82F63B78; // reflected
    CrcTables tables{};
    for (quint32 byte = 0; byte < 256; ++byte) {
        quint32 sum = byte;
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum >> 1) ^ ((sum & 1) != 0 ? Polynomial : 0);
        }
        tables[0][byte] = sum;
    }
    for (size_t lane = 1; lane < Lanes; ++lane) {
        for (size_t byte = 0; byte < 256; ++byte) {
            const quint32 sum = tables[lane - 1][byte];
            tables[lane][byte] = (sum >> 8) ^ tables[0][sum & 0xFF];
        }
    }
    return tables;
}

constexpr CrcTables Tables = crcTables();

} // namespace

quint32 crc32c(QByteArrayView bytes, quint32 before)
{
    const auto *at = reinterpret_cast<const quint8 *>(bytes.data());
    auto left = static_cast<size_t>(bytes.size());
    quint32 sum = ~before;
    for (; left >= Lanes; left -= Lanes, at += Lanes) {
        // Lane 7 is the byte that has the most others behind it.
        quint32 next = 0;
        for (size_t i = 0; i < Lanes; ++i) {
            const quint32 byte = at[i] ^ (i < 4 ? (sum >> (8 * i)) & 0xFF : 0);
            next ^= Tables[Lanes - 1 - i][byte];
        }
        sum = next;
    }
    for (; left > 0; --left, ++at) {
        sum = (sum >> 8) ^ Tables[0][(sum ^ *at) & 0xFF];
    }
    return ~sum;
}
