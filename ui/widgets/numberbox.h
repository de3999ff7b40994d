// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/typedbox.h"

#include <optional>

/**
 * A field for a number, typed with a point or a comma, or stepped. It shows the number exactly, so
 * that what nobody edited is the same number afterwards. Each letter that leaves a number of the
 * range counts at once, so that what depends on it follows.
 */
class NumberBox : public TypedBox
{
    Q_OBJECT

public:
    explicit NumberBox(QWidget *parent = nullptr);

    /** What may be typed, both included; a number that is set is shown as it is. */
    void setRange(double least, double most);
    /** Only whole numbers may be typed. */
    void setWhole(bool isWhole) { m_isWhole = isWhole; }
    /** Of an arrow; 0 for a tenth of the number's own size. */
    void setStep(double step) { m_step = step; }
    /** Behind the number, with its blank; it may be typed or left out. */
    void setSuffix(const QString &suffix);
    /** Shown instead of the least number, which an emptied field stands for then. */
    void setLeastText(const QString &text);
    /** Shown, not told. */
    void setValue(double value);
    double value() const { return m_value; }
    /** For numbers that are whole and small enough. */
    int wholeValue() const { return int(m_value); }

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /** By the user: typed, stepped, or taken back. */
    void edited(double value);

protected:
    QString valueText() const override;
    QString objection(const QString &text) const override;
    void takeText(const QString &text) override;
    void textTyped(const QString &text) override;
    void typingCancelled() override;
    StepEnabled stepEnabled() const override;

private:
    std::optional<double> read(const QString &text) const;
    QString textOf(double value) const;
    void enter(double value);

    double m_value = 0;
    double m_before = 0; ///< what Escape brings back
    double m_least = 0;
    double m_most = 1e9;
    double m_step = 1;
    bool m_isWhole = false;
    QString m_suffix;
    QString m_leastText;
};
