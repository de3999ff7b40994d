// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/onceonlybody.h"

#include <algorithm>
#include <cstring>

OnceOnlyBody::OnceOnlyBody(const QByteArray &body, QObject *parent)
    : QIODevice(parent)
    , m_body(body)
{
    // Unbuffered, so that what was not asked for is known not to have been handed out.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OnceOnlyBody::bytesAvailable() const
{
    return m_body.size() - m_position + QIODevice::bytesAvailable();
}

qint64 OnceOnlyBody::readData(char *data, qint64 maximum)
{
    const qint64 count = std::min<qint64>(maximum, m_body.size() - m_position);
    if (count <= 0) {
        return m_position >= m_body.size() ? -1 : 0;
    }
    std::memcpy(data, m_body.constData() + m_position, size_t(count));
    m_position += count;
    return count;
}
