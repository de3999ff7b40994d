// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/stagecard.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/nextpane.h"
#include "ui/player/nowpane.h"
#include "ui/player/runsession.h"

#include <QHBoxLayout>
#include <QPainter>

namespace {

constexpr int TallHeight = 278;
constexpr int LowHeight = 240;
constexpr int SeverityEdge = 8;
/** Of a hundred parts of the width. */
constexpr int NowPart = 62;

} // namespace

StageCard::StageCard(RunSession &session, const RunActions &actions, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("stageCard"));
    m_now = new NowPane(session, this);
    m_next = new NextPane(session, actions, this);
    connect(m_now, &NowPane::linkClicked, this, &StageCard::linkClicked);
    connect(m_now, &NowPane::incidentChanged, this, [this] { update(); });
    auto *row = new QHBoxLayout(this);
    row->setSpacing(0);
    row->addWidget(m_now, NowPart);
    row->addSpacing(scaledInt(QFontMetricsF(font()), 18));
    row->addWidget(m_next, 100 - NowPart);
    setTall(true);
}

void StageCard::setTall(bool tall)
{
    const QFontMetricsF metrics(font());
    const int above = scaledInt(metrics, tall ? 14 : 9);
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->setContentsMargins(scaledInt(metrics, SeverityEdge + 20), above, 1, above);
    setFixedHeight(scaledInt(metrics, tall ? TallHeight : LowHeight));
    m_next->setTall(tall);
}

void StageCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    painter.fillRect(rect(), theme.base);
    painter.setPen(theme.separator);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.fillRect(QRectF(m_next->geometry().left() - 1, 1, 1, height() - 2), theme.separator);
    if (const auto severity = m_now->severity()) {
        painter.fillRect(QRectF(0, 0, scaled(metrics, SeverityEdge), height()),
                         theme.ink(*severity).edge);
    }
}
