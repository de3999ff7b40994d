// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <chrono>
#include <optional>

class TimeEdit;

/** How far apart the prompts of a whole collection are inserted. */
class CollectionInterval : public QWidget
{
    Q_OBJECT

public:
    explicit CollectionInterval(QWidget *parent = nullptr);

    /** Returns nothing as long as each collection has its own interval. */
    std::optional<std::chrono::seconds> value() const { return m_every; }

Q_SIGNALS:
    /** The user has entered an interval. */
    void changed();

private:
    TimeEdit *m_time = nullptr;
    std::optional<std::chrono::seconds> m_every;
};
