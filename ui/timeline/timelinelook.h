// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/marks.h"
#include "ui/look/theme.h"
#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinescene.h"

#include <QFont>
#include <QFontMetricsF>
#include <QHash>

/**
 * The fonts, colors and measures that all painters of a timeline share, and the caches that go with
 * them. Knows no widget, so that the same picture can be exported.
 */
class TimelineLook
{
public:
    TimelineLook();

    /** Takes another look; `dpr` is the number of device pixels a pixel. */
    void set(const QFont &font, const QPalette &palette, qreal dpr);
    /** Makes blocks low, with one line of text. */
    void setCompact(bool compact) { m_compact = compact; }
    /** Paints marks as shapes, not as pixels, so that a file or a printer can scale them. */
    void setForPaper(bool forPaper) { m_forPaper = forPaper; }

    /** Returns the measures of a timeline in that font. */
    static TimelineMeasures measuresFor(const QFont &font, bool compact);

    const Theme &theme() const { return *m_theme; }
    qreal dpr() const { return m_dpr; }
    bool isCompact() const { return m_compact; }
    bool isForPaper() const { return m_forPaper; }
    const QFont &body() const { return m_body; }
    const QFont &title() const { return m_title; }
    const QFont &small() const { return m_small; }
    QFont boldSmall() const;
    const QFontMetricsF &bodyMetrics() const { return m_bodyMetrics; }
    const QFontMetricsF &titleMetrics() const { return m_titleMetrics; }
    const QFontMetricsF &smallMetrics() const { return m_smallMetrics; }
    MarkCache &marks() { return m_marks; }

    /** Returns the height of the ruler, in pixels. */
    qreal rulerHeight() const { return px(34); }
    /** Returns the height of the strip of markers and holds, in pixels. */
    qreal stripHeight() const { return px(24); }
    /** Returns pixels of the mock-ups in the size of the font; whole, and 1 at least. */
    qreal px(qreal pixels) const;
    /** Returns the whole device pixel that is nearest to an x. */
    qreal snapped(qreal x) const;
    /** Returns a text in the title's font, shortened to a width. */
    QString elided(const QString &text, qreal width);
    /** Returns the color of a block's ground. */
    QColor bodyOf(const SceneBlock &block) const;

private:
    qreal advance(QChar character);

    const Theme *m_theme = &Theme::light();
    QFont m_body;
    QFont m_title;
    QFont m_small;
    QFontMetricsF m_bodyMetrics;
    QFontMetricsF m_titleMetrics;
    QFontMetricsF m_smallMetrics;
    qreal m_dpr = 1;
    bool m_compact = false;
    bool m_forPaper = false;
    MarkCache m_marks;
    QHash<QChar, qreal> m_advances; ///< of the title's font
};
