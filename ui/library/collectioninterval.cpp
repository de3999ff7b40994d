// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/collectioninterval.h"

#include "ui/look/text.h"
#include "ui/widgets/timeedit.h"

#include <QHBoxLayout>
#include <QLabel>

CollectionInterval::CollectionInterval(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    auto *interval = new QHBoxLayout(this);
    interval->setContentsMargins(0, 0, 0, 0);
    m_time = new TimeEdit(this);
    m_time->setObjectName(QStringLiteral("interval"));
    m_time->setMinimum(std::chrono::seconds(1));
    m_time->setMixed(tr("its own"));
    m_time->setMinimumHeight(scaledInt(metrics, 28));
    m_time->setToolTip(tr("How far apart the prompts of a whole collection are inserted"));
    auto *every = new QLabel(tr("A collection, one e&very"), this);
    every->setBuddy(m_time);
    interval->addWidget(every);
    interval->addWidget(m_time, 1);
    connect(m_time, &TimeEdit::timeEntered, this,
            [this](std::chrono::milliseconds time, bool relative) {
                // The first step from no interval of its own leads to a minute.
                m_every = relative ? std::chrono::minutes(1)
                                   : std::chrono::ceil<std::chrono::seconds>(time);
                m_time->setTime(*m_every);
                Q_EMIT changed();
            });
}
