// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/timetext.h"
#include "ui/widgets/typedbox.h"

/** A field for a time: typed as "4:00", "240" or "+1:00", or stepped by seconds. */
class TimeEdit : public TypedBox
{
    Q_OBJECT

public:
    explicit TimeEdit(QWidget *parent = nullptr);

    /** Shown, not told; what is being typed gives way. */
    void setTime(std::chrono::milliseconds time);
    /** Several values at once: nothing is shown but the word for it. */
    void setMixed(const QString &word = tr("mixed"));
    /** What was last shown or taken. */
    std::chrono::milliseconds time() const { return m_time; }
    /** A time that begins with + or − counts from what is there, and may be negative. */
    void setRelativeAllowed(bool allowed) { m_relativeAllowed = allowed; }
    /** The value itself is a difference and carries its sign. */
    void setSigned(bool isSigned);
    void setMinimum(std::chrono::milliseconds least) { m_least = least; }

    void stepBy(int steps) override;

Q_SIGNALS:
    /** Enter, leaving the field, or a step: `relative` counts from what every value is now. */
    void timeEntered(std::chrono::milliseconds time, bool relative);

protected:
    QString valueText() const override;
    QString objection(const QString &text) const override;
    void takeText(const QString &text) override;
    StepEnabled stepEnabled() const override;

private:
    QString textOf(std::chrono::milliseconds time) const;
    void showTime();

    std::chrono::milliseconds m_time{0};
    std::chrono::milliseconds m_least{0};
    QString m_mixedWord;
    bool m_mixed = false;
    bool m_relativeAllowed = false;
    bool m_signed = false;
};
