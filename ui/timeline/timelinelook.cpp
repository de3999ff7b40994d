// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinelook.h"

#include "ui/look/text.h"

#include <algorithm>
#include <cmath>

TimelineLook::TimelineLook()
    : m_bodyMetrics(m_body)
    , m_titleMetrics(m_title)
    , m_smallMetrics(m_small)
{}

void TimelineLook::set(const QFont &font, const QPalette &palette, qreal dpr)
{
    m_theme = &Theme::of(palette);
    m_dpr = dpr;
    if (font != m_body || m_advances.isEmpty()) {
        m_body = font;
        m_title = resized(font, 0.95);
        m_title.setWeight(QFont::DemiBold);
        m_small = resized(font, 0.84);
        m_bodyMetrics = QFontMetricsF(m_body);
        m_titleMetrics = QFontMetricsF(m_title);
        m_smallMetrics = QFontMetricsF(m_small);
        m_advances.clear();
    }
}

TimelineMeasures TimelineLook::measuresFor(const QFont &font, bool compact)
{
    const QFontMetricsF metrics(font);
    TimelineMeasures measures;
    measures.blockHeight = scaledInt(metrics, compact ? 23 : 40);
    measures.rowGap = scaledInt(metrics, compact ? 3 : 4);
    measures.lanePadding = scaledInt(metrics, compact ? 5 : 8);
    measures.minimumBlockWidth = scaledInt(metrics, compact ? 26 : 36);
    measures.margin = scaledInt(metrics, 22);
    measures.endMargin = scaledInt(metrics, 50);
    measures.collapsedHeight = scaledInt(metrics, 23);
    measures.labelSpacing = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.1;
    return measures;
}

QFont TimelineLook::boldSmall() const
{
    QFont bold = m_small;
    bold.setWeight(QFont::DemiBold);
    return bold;
}

qreal TimelineLook::px(qreal pixels) const
{
    return std::max(1.0, std::round(scaled(m_bodyMetrics, pixels)));
}

qreal TimelineLook::snapped(qreal x) const
{
    return std::round(x * m_dpr) / m_dpr;
}

qreal TimelineLook::advance(QChar character)
{
    const auto known = m_advances.constFind(character);
    if (known != m_advances.constEnd()) {
        return *known;
    }
    return *m_advances.insert(character, m_titleMetrics.horizontalAdvance(character));
}

QString TimelineLook::elided(const QString &text, qreal width)
{
    // QFontMetrics::elidedText shapes the text again and again; with hundreds of blocks that shows.
    const qreal dots = advance(QChar(0x2026));
    qreal x = 0;
    qsizetype fits = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        x += advance(text[i]);
        if (x <= width - dots) {
            fits = i + 1;
        }
        if (x > width) {
            return fits == 0 ? QString() : text.left(fits).trimmed() + QChar(0x2026);
        }
    }
    return text;
}

QColor TimelineLook::bodyOf(const SceneBlock &block) const
{
    return m_theme->blockBody(block.severity, !block.sends);
}
