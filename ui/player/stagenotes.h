// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

/**
 * The notes of what is on stage, to be read from a step away: as large as they fit, and never cut;
 * those too long for the least size scroll.
 */
class StageNotes : public QPlainTextEdit
{
    Q_OBJECT

public:
    /** Sizes relative to the window's font. */
    static constexpr qreal Least = 1.125;
    static constexpr qreal Largest = 2.1;

    explicit StageNotes(QWidget *parent = nullptr);

    /** Nothing moves where the text is the same; a new one is shown from its start. */
    void setNotes(const QString &text);
    /** The size that is shown, relative to the window's font. */
    qreal factor() const { return m_factor; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    bool fits(qreal factor) const;

    QFont m_base;
    QString m_notes; ///< as given: the editor makes ordinary spaces of others
    qreal m_factor = Least;
};
