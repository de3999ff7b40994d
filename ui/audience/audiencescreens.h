// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRect>
#include <QString>

class AudienceWindow;
class QScreen;
class QWidget;

/** A screen as the user chooses among them. */
struct ScreenEntry
{
    /** Name and serial number: the same screen at the next show, whatever plug it is in. */
    QString key;
    /** "Screen 2: DELL U2720Q, 3840 × 2160". */
    QString label;
    QRect geometry;

    bool operator==(const ScreenEntry &) const = default;
};

/**
 * On which of them the audience view is shown: the chosen one, else one that is not the operator's,
 * else the operator's. -1 where there is none at all.
 */
int audienceScreen(const QList<ScreenEntry> &screens, const QString &chosenKey, int operatorScreen);

/**
 * Keeps the audience view on the screen that the user chose, remembered from show to show. Follows
 * screens that are plugged in and out: the view goes to where it can be and comes back by itself.
 * With one screen it is a window beside the operator's, which F11 makes fill the screen.
 */
class AudienceScreens : public QObject
{
    Q_OBJECT

public:
    AudienceScreens(AudienceWindow *window, QWidget *operatorWindow, QObject *parent = nullptr);

    QList<ScreenEntry> screens() const;
    /** Index in screens() of where the view is or would be shown. */
    int current() const;
    /** What the user chose; empty: any screen that is not the operator's. */
    QString chosen() const { return m_chosen; }
    /** Remembered; a view that is open moves there. */
    void choose(const QString &key);

    bool isOpen() const;
    /** On a screen of its own it fills it. */
    void open();
    void close();
    void toggle();
    /**
     * The keys go back to the operator. On a screen of its own the view stays as it is; on the
     * operator's it closes, so that it neither covers the operator's window nor hides behind it.
     */
    void leave();
    /** "Audience view: screen 2", or that its curtain is drawn; for the operator. */
    QString label() const;

Q_SIGNALS:
    /** Screens, choice, or whether the view is open. */
    void changed();
    /** A sentence for the operator: the view's screen went away, or is back. */
    void moved(const QString &sentence);

private:
    QScreen *screenAt(int index) const;
    int operatorScreen() const;
    void place();
    void takeScreens();

    AudienceWindow *m_window;
    QWidget *m_operator;
    QString m_chosen;
    QString m_shownOn; // key of the screen that the view was put on
};
