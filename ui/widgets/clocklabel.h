// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QTimer>
#include <QWidget>

/**
 * Text whose digits stand still while they change: clocks and countdowns. A screen reader reads it
 * as it is when it asks, and is told of changes at most once a second, while it is in sight.
 */
class ClockLabel : public QWidget
{
    Q_OBJECT

public:
    /** `factor` is the size relative to the window's font; `pattern` is the widest text that it
     * will hold. */
    ClockLabel(qreal factor, const QString &pattern, QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    /** What the text is, for a screen reader: "%1 to go". */
    void setSpoken(const QString &pattern);
    /** Empty without a text. */
    QString spoken() const;
    void setDimmed(bool dimmed);
    /** In the color of warnings: it stands although it should not. */
    void setWarning(bool warning);
    /** As high as its digits, which then stand on its lower edge. */
    void setTight(bool tight);
    void setFactor(qreal factor);
    void setWeight(QFont::Weight weight);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont clockFont() const;
    void tellReader();

    qreal m_factor;
    QString m_pattern;
    QString m_text;
    QString m_spokenPattern = QStringLiteral("%1");
    QString m_told; ///< what a screen reader was told last
    QTimer m_quiet; ///< runs when it was told just now
    bool m_dimmed = false;
    bool m_warning = false;
    bool m_tight = false;
    QFont::Weight m_weight = QFont::Bold;
};
