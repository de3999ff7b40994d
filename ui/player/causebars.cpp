// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/causebars.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QPainter>
#include <cmath>

namespace {

constexpr qreal ColumnGap = 24;
constexpr qreal CauseGap = 10;
constexpr qreal BarHeight = 8;
/** Of a column: the bar and the number have the rest. */
constexpr qreal WordsPart = 0.6;

QString percent(double part)
{
    return CauseBars::tr("%1 %", "a number").arg(qRound(part * 100));
}

} // namespace

CauseBars::CauseBars(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void CauseBars::setCauses(const QList<Cause> &causes)
{
    m_causes = causes;
    QStringList spoken;
    QStringList said;
    for (const Cause &cause : causes) {
        const QString sure = cause.confidence ? u", " + percent(*cause.confidence) : QString();
        spoken << cause.text + sure;
        said << cause.description + sure;
    }
    setSpokenName(this, spoken.join(QStringLiteral("; ")));
    setToolTip(PlainText::wrapped(said.join(u'\n')));
    update();
}

QSize CauseBars::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 160), int(std::ceil(metrics.height()))};
}

void CauseBars::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal gap = scaled(metrics, ColumnGap);
    const qreal wordGap = scaled(metrics, CauseGap);
    const qreal column = (width() - gap) / LatestCauses::AtMost;
    const qreal number = tabularWidth(metrics, percent(1));
    for (qsizetype i = 0; i < m_causes.size(); ++i) {
        const Cause &cause = m_causes[i];
        const bool isFirst = i == 0;
        const qreal left = double(i) * (column + gap);
        // One cause alone has the whole line.
        const qreal room = m_causes.size() == 1 ? width() : column;
        QFont words = font();
        words.setWeight(isFirst ? QFont::Bold : QFont::Normal);
        const QFontMetricsF wide(words);
        const qreal most =
            cause.confidence ? std::max(room * WordsPart, room - number - 6 * wordGap) : room;
        const QString text = wide.elidedText(cause.text, Qt::ElideRight, most);
        painter.setFont(words);
        painter.setPen(theme.text);
        painter.drawText(QRectF(left, 0, most, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        if (!cause.confidence) {
            continue;
        }
        const qreal from = left + wide.horizontalAdvance(text) + wordGap;
        const qreal to = left + room - number - wordGap;
        paintTabular(&painter, QRectF(left + room - number, 0, number, height()), Qt::AlignRight,
                     percent(*cause.confidence));
        if (to - from < wordGap) {
            continue;
        }
        const qreal bar = std::round(scaled(metrics, BarHeight));
        const QRectF track(from, std::round((height() - bar) / 2), to - from, bar);
        painter.fillRect(track, theme.separator);
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * *cause.confidence, bar),
                         isFirst ? theme.accent : theme.secondary);
    }
}
