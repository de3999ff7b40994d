// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencescreens.h"

#include "ui/audience/audiencewindow.h"
#include "ui/settings/windowsettings.h"

#include <QGuiApplication>
#include <QScreen>
#include <QTimer>

namespace {

QString screenKey()
{
    return QStringLiteral("audience/screen");
}

QString screenKeyOf(const QScreen *screen)
{
    return screen->name() + u'|' + screen->serialNumber();
}

int indexOf(const QList<ScreenEntry> &screens, const QString &key)
{
    for (int i = 0; i < int(screens.size()); ++i) {
        if (screens[i].key == key) {
            return i;
        }
    }
    return -1;
}

/** The same screen in another plug has another name, but its own serial number. */
int indexOfChosen(const QList<ScreenEntry> &screens, const QString &key)
{
    if (const int same = indexOf(screens, key); same >= 0) {
        return same;
    }
    const QString serial = key.section(u'|', 1);
    for (int i = 0; i < int(screens.size()) && !serial.isEmpty(); ++i) {
        if (screens[i].key.section(u'|', 1) == serial) {
            return i;
        }
    }
    return -1;
}

} // namespace

int audienceScreen(const QList<ScreenEntry> &screens, const QString &chosenKey, int operatorScreen)
{
    if (screens.isEmpty()) {
        return -1;
    }
    if (const int chosen = chosenKey.isEmpty() ? -1 : indexOfChosen(screens, chosenKey);
        chosen >= 0) {
        return chosen;
    }
    for (int i = 0; i < int(screens.size()); ++i) {
        if (i != operatorScreen) {
            return i;
        }
    }
    return 0;
}

AudienceScreens::AudienceScreens(AudienceWindow *window, QWidget *operatorWindow, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_operator(operatorWindow)
    , m_chosen(windowSettings().value(screenKey()).toString())
{
    connect(qGuiApp, &QGuiApplication::screenAdded, this, &AudienceScreens::takeScreens);
    // The screen is still listed when it is said to go.
    connect(qGuiApp, &QGuiApplication::screenRemoved, this,
            [this] { QTimer::singleShot(0, this, &AudienceScreens::takeScreens); });
    connect(m_window, &AudienceWindow::shownChanged, this, &AudienceScreens::changed);
}

QList<ScreenEntry> AudienceScreens::screens() const
{
    QList<ScreenEntry> entries;
    const QList<QScreen *> screens = QGuiApplication::screens();
    for (const QScreen *screen : screens) {
        QString name = QString(screen->manufacturer() + u' ' + screen->model()).simplified();
        if (name.isEmpty()) {
            name = screen->name();
        }
        const QSize pixels = (QSizeF(screen->size()) * screen->devicePixelRatio()).toSize();
        entries.append({screenKeyOf(screen),
                        tr("Screen %1: %2, %3 × %4")
                            .arg(QString::number(entries.size() + 1), name,
                                 QString::number(pixels.width()), QString::number(pixels.height())),
                        screen->geometry()});
    }
    return entries;
}

int AudienceScreens::operatorScreen() const
{
    return int(QGuiApplication::screens().indexOf(m_operator->screen()));
}

int AudienceScreens::current() const
{
    return audienceScreen(screens(), m_chosen, operatorScreen());
}

QScreen *AudienceScreens::screenAt(int index) const
{
    return QGuiApplication::screens().value(index);
}

void AudienceScreens::choose(const QString &key)
{
    m_chosen = key;
    windowSettings().setValue(screenKey(), key);
    if (isOpen()) {
        place();
    }
    Q_EMIT changed();
}

bool AudienceScreens::isOpen() const
{
    return m_window->isVisible();
}

void AudienceScreens::open()
{
    place();
    // The keys stay with the operator, unless that would put the operator's window over the view.
    if (m_operator->isVisible() && current() != operatorScreen()) {
        m_operator->activateWindow();
    }
}

void AudienceScreens::close()
{
    m_window->close();
}

void AudienceScreens::toggle()
{
    if (isOpen()) {
        close();
    } else {
        open();
    }
}

void AudienceScreens::leave()
{
    if (m_window->screen() == m_operator->screen()) {
        close();
    }
    m_operator->raise();
    m_operator->activateWindow();
}

QString AudienceScreens::label() const
{
    if (m_window->isCurtainDrawn()) {
        return tr("Audience view: curtain drawn");
    }
    const QList<ScreenEntry> entries = screens();
    return entries.size() > 1 ? tr("Audience view: screen %1").arg(current() + 1)
                              : tr("Audience view");
}

void AudienceScreens::place()
{
    const int index = current();
    QScreen *screen = screenAt(index);
    if (!screen) {
        return;
    }
    m_shownOn = screenKeyOf(screen);
    m_window->showOn(screen, index != operatorScreen());
}

void AudienceScreens::takeScreens()
{
    if (isOpen()) {
        const int index = current();
        QScreen *screen = screenAt(index);
        if (screen && screenKeyOf(screen) != m_shownOn) {
            const bool isBack = indexOf(screens(), m_shownOn) >= 0;
            place();
            Q_EMIT moved(isBack ? tr("The audience view is on %1.").arg(screens()[index].label)
                         : index == operatorScreen()
                             ? tr("The audience's screen is gone. The audience view is a window on "
                                  "this screen until it is back.")
                             : tr("The audience's screen is gone. The audience view is on %1 until "
                                  "it is back.")
                                   .arg(screens()[index].label));
        }
    }
    Q_EMIT changed();
}
