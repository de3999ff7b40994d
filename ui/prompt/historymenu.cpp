// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/historymenu.h"

#include <QLocale>
#include <algorithm>

namespace {

/** Nobody reads more in a menu. */
constexpr qsizetype HistoryShown = 30;
constexpr int TitleShown = 48;

} // namespace

HistoryMenu::HistoryMenu(QWidget *parent)
    : QMenu(parent)
{
    setToolTipsVisible(true);
}

void HistoryMenu::setEntries(const QList<GenerationHistory::Entry> &entries)
{
    clear();
    for (qsizetype i = 0; i < std::min(entries.size(), HistoryShown); ++i) {
        const GenerationHistory::Entry &entry = entries[i];
        const Generation &made = entry.generation;
        const QString when =
            QLocale().toString(made.generatedAt.toLocalTime(), QLocale::ShortFormat);
        const bool hasFailed = !entry.failure.isEmpty();
        QString title = hasFailed ? tr("failed") : made.scenario.name;
        if (title.size() > TitleShown) {
            title = title.left(TitleShown - 1) + QChar(0x2026);
        }
        QAction *action = addAction(
            tr("%1  %2  (%3)").arg(when, title.replace(u'&', QLatin1String("&&")), made.generator));
        action->setEnabled(!hasFailed);
        action->setToolTip(hasFailed ? entry.failure : entry.request.prompt);
        connect(action, &QAction::triggered, this, [this, entry] { Q_EMIT chosen(entry); });
    }
    if (isEmpty()) {
        addAction(tr("Nothing was generated for this incident yet"))->setEnabled(false);
    }
}
