// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/pinnedscenario.h"

#include <memory>

/**
 * What an incident has pinned: nothing, a scenario, or an object that cannot be read as one.
 *
 * It is read once, when it is made. The object is kept as it was, so that what this version does
 * not know or cannot read is written again. A value: copies share what they hold, and two are equal
 * if their objects are.
 */
class Pin
{
public:
    /** Nothing is pinned. */
    Pin() = default;
    /** Pins this scenario. Conversion is wanted: `incident.pinned = pinned`. */
    Pin(const PinnedScenario &pinned);
    /** Reads what a file has; an empty object pins nothing. */
    static Pin fromJson(const QJsonObject &object);

    bool isEmpty() const { return !m_content; }
    /** Returns the scenario; nullptr if nothing is pinned or it cannot be read. */
    const PinnedScenario *scenario() const;
    /** Returns why it cannot be read, with a pointer relative to the object; nullptr if it can, or
     * if nothing is pinned. */
    const Error *error() const;
    /** Returns the hash of its prompt, even if the rest cannot be read. */
    QString promptSha256() const;
    /** Returns the object as it was read; empty if nothing is pinned. */
    QJsonObject toJson() const;

    bool operator==(const Pin &other) const;

private:
    struct Content
    {
        QJsonObject object;
        Result<PinnedScenario> scenario;
    };
    std::shared_ptr<const Content> m_content;
};
