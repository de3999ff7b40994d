// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/pin.h"

Pin::Pin(const PinnedScenario &pinned)
    // Read from what will be written, so that it is the same as after loading the file.
    : Pin(fromJson(::toJson(pinned)))
{}

Pin Pin::fromJson(const QJsonObject &object)
{
    Pin pin;
    if (!object.isEmpty()) {
        pin.m_content = std::make_shared<const Content>(Content{object, pinnedFromJson(object)});
    }
    return pin;
}

const PinnedScenario *Pin::scenario() const
{
    return m_content && m_content->scenario ? &*m_content->scenario : nullptr;
}

const Error *Pin::error() const
{
    return m_content && !m_content->scenario ? &m_content->scenario.error() : nullptr;
}

QString Pin::promptSha256() const
{
    return toJson().value(QStringLiteral("prompt_sha256")).toString();
}

QJsonObject Pin::toJson() const
{
    return m_content ? m_content->object : QJsonObject();
}

bool Pin::operator==(const Pin &other) const
{
    return m_content == other.m_content ||
           (m_content && other.m_content && m_content->object == other.m_content->object);
}
