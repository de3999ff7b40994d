// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

/**
 * CRC-32C (Castagnoli) of the bytes, as file systems and storage protocols use it. `before` is the
 * sum of the bytes in front of these: crc32c(b, crc32c(a)) is the sum of a and b together, and that
 * of nothing is 0. It finds accidents; it's no protection against intent.
 */
quint32 crc32c(QByteArrayView bytes, quint32 before = 0);
