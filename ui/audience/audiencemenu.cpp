// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencemenu.h"

#include "ui/audience/audiencescreens.h"
#include "ui/audience/audiencewindow.h"

#include <QAction>
#include <QActionGroup>
#include <QInputDialog>
#include <QLineEdit>

AudienceMenu::AudienceMenu(AudienceWindow *window, AudienceScreens *screens, QWidget *parent)
    : QMenu(tr("A&udience view"), parent)
    , m_window(window)
    , m_screens(screens)
{
    connect(this, &QMenu::aboutToShow, this, &AudienceMenu::fill);
    fill();
}

void AudienceMenu::fill()
{
    clear();
    QAction *open = addAction(tr("&Show it"));
    open->setCheckable(true);
    open->setChecked(m_screens->isOpen());
    connect(open, &QAction::triggered, m_screens, &AudienceScreens::toggle);
    QAction *fills = addAction(tr("&Fill its screen"));
    fills->setCheckable(true);
    fills->setEnabled(m_screens->isOpen());
    fills->setChecked(m_screens->isOpen() && m_window->isFullScreen());
    connect(fills, &QAction::triggered, m_window,
            [this](bool isFilling) { m_window->showOn(nullptr, isFilling); });

    addSection(tr("Screen"));
    auto *places = new QActionGroup(open);
    const auto addPlace = [&](const QString &label, const QString &key) {
        QAction *place = addAction(label);
        place->setCheckable(true);
        place->setChecked(m_screens->chosen() == key);
        places->addAction(place);
        connect(place, &QAction::triggered, m_screens, [this, key] { m_screens->choose(key); });
    };
    addPlace(tr("&Any but this window's"), {});
    const QList<ScreenEntry> entries = m_screens->screens();
    for (const ScreenEntry &entry : entries) {
        addPlace(entry.label, entry.key);
    }

    addSection(tr("Look"));
    auto *looks = new QActionGroup(open);
    const auto addLook = [&](const QString &label, AudienceAppearance appearance) {
        QAction *look = addAction(label);
        look->setCheckable(true);
        look->setChecked(m_window->appearance() == appearance);
        looks->addAction(look);
        connect(look, &QAction::triggered, m_window,
                [this, appearance] { m_window->setAppearance(appearance); });
    };
    addLook(tr("&Dark"), AudienceAppearance::Dark);
    addLook(tr("&Light"), AudienceAppearance::Light);
    addLook(tr("As this &window"), AudienceAppearance::AsWindow);

    addSeparator();
    QAction *next = addAction(tr("Announce the &next incident"));
    next->setCheckable(true);
    next->setChecked(m_window->showsNext());
    connect(next, &QAction::triggered, m_window, &AudienceWindow::setShowsNext);
    QAction *line = addAction(tr("Text on the &curtain…"));
    connect(line, &QAction::triggered, m_window, [this] { askForLine(); });
    QAction *end = addAction(tr("Show the &end"));
    end->setEnabled(m_window->canShowEnd());
    connect(end, &QAction::triggered, m_window, &AudienceWindow::showEnd);
}

void AudienceMenu::askForLine()
{
    bool isTaken = false;
    const QString line = QInputDialog::getText(
        parentWidget() ? parentWidget()->window() : nullptr, tr("Text on the curtain"),
        tr("Below the title, while the curtain (B) hides the run from the audience:"),
        QLineEdit::Normal, m_window->curtainLine(), &isTaken);
    if (isTaken) {
        m_window->setCurtainLine(line);
    }
}
