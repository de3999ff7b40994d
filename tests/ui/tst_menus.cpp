// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/properties/propertiespanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <set>

namespace {

/** The letter that Alt is pressed with; null where there is none. */
QChar mnemonicOf(const QString &text)
{
    for (qsizetype at = text.indexOf(u'&'); at >= 0 && at + 1 < text.size();
         at = text.indexOf(u'&', at + 2)) {
        if (text[at + 1] != u'&') {
            return text[at + 1].toUpper();
        }
    }
    return {};
}

} // namespace

/** Walks through all menus of the window, and looks whether keys lead where they say. */
class TestMenus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyEntryIsACommand();
    void everyCommandIsInAMenu();
    void noTwoCommandsShareAKey();
    void mnemonicsInAMenuDiffer();
    void mnemonicsOfTheWindowDiffer();

private:
    void walk(QMenu *menu, const std::function<void(QMenu *, QAction *)> &visit);
    void walkAll(const std::function<void(QMenu *, QAction *)> &visit);
    QString clashes() const;

    QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;
};

void TestMenus::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *home : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(home, m_home.path().toUtf8());
    }
    qunsetenv("TIMELINE_API_URL");
}

void TestMenus::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->openShipped(QStringLiteral("busy_day")));
}

void TestMenus::walk(QMenu *menu, const std::function<void(QMenu *, QAction *)> &visit)
{
    Q_EMIT menu->aboutToShow(); // what is listed is listed when it opens
    for (QAction *entry : menu->actions()) {
        if (entry->isSeparator()) {
            continue;
        }
        visit(menu, entry);
        if (entry->menu()) {
            walk(entry->menu(), visit);
        }
    }
}

void TestMenus::walkAll(const std::function<void(QMenu *, QAction *)> &visit)
{
    for (QAction *title : m_window->menuBar()->actions()) {
        walk(title->menu(), visit);
    }
}

void TestMenus::everyEntryIsACommand()
{
    // These list files, panels, speeds and looks, which are no commands.
    const QStringList lists{
        QStringLiteral("Open recent"), QStringLiteral("Open shipped"),
        QStringLiteral("Panels"),      QStringLiteral("Speed"),
        QStringLiteral("Appearance"),  QStringLiteral("Audience screen and look")};
    int entries = 0;
    walkAll([&](QMenu *menu, QAction *entry) {
        if (entry->menu() || lists.contains(menu->title().remove(u'&'))) {
            return;
        }
        ++entries;
        QVERIFY2(m_window->commands()->action(entry->objectName()) == entry,
                 qPrintable(entry->text()));
        // The menu writes the key beside it only where the entry has no other there.
        QVERIFY2(!entry->text().contains(u'\t'), qPrintable(entry->text()));
    });
    QVERIFY(entries > 40);
}

void TestMenus::everyCommandIsInAMenu()
{
    std::set<const QAction *> shown;
    walkAll([&](QMenu *, QAction *entry) { shown.insert(entry); });
    for (const CommandSet::Command &command : m_window->commands()->commands()) {
        if (command.id != u"problem.fix") { // which is clicked beside the problem
            QVERIFY2(shown.count(command.action), qPrintable(command.id));
        }
    }
}

void TestMenus::noTwoCommandsShareAKey()
{
    QMap<QKeySequence, QString> taken;
    for (const CommandSet::Command &command : m_window->commands()->commands()) {
        for (const QKeySequence &key : command.action->shortcuts()) {
            // The remote's period and the nudge never meet: nothing is nudged while a run is live,
            // and there is no curtain before.
            const QStringList both{command.id, taken.value(key)};
            if (both.contains(QStringLiteral("run.curtain")) &&
                both.contains(QStringLiteral("incident.later"))) {
                QVERIFY(!m_window->commands()->action(QStringLiteral("run.curtain"))->isEnabled());
                continue;
            }
            QVERIFY2(!taken.contains(key),
                     qPrintable(key.toString() + u" is " + command.id + u" and " + taken[key]));
            taken.insert(key, command.id);
        }
    }
    QVERIFY(taken.size() > 40);
    // Nor does a menu open instead.
    for (const QAction *title : m_window->menuBar()->actions()) {
        const QKeySequence opens(QStringLiteral("Alt+") + mnemonicOf(title->text()));
        QVERIFY2(!taken.contains(opens), qPrintable(opens.toString()));
    }
}

void TestMenus::mnemonicsInAMenuDiffer()
{
    QMap<QMenu *, QMap<QChar, QString>> taken;
    walkAll([&](QMenu *menu, QAction *entry) {
        const QChar letter = mnemonicOf(entry->text());
        if (letter.isNull()) {
            return;
        }
        QMap<QChar, QString> &letters = taken[menu];
        QVERIFY2(!letters.contains(letter),
                 qPrintable(QStringLiteral("%1: “%2” and “%3”")
                                .arg(menu->title(), entry->text(), letters[letter])));
        letters.insert(letter, entry->text());
    });
}

QString TestMenus::clashes() const
{
    QMap<QChar, QString> taken;
    QStringList found;
    const auto take = [&](const QString &text) {
        const QChar letter = mnemonicOf(text);
        if (letter.isNull()) {
            return;
        }
        if (taken.contains(letter)) {
            found << QStringLiteral("“%1” and “%2”").arg(taken[letter], text);
        }
        taken.insert(letter, text);
    };
    for (const QAction *title : m_window->menuBar()->actions()) {
        take(title->text());
    }
    for (const QLabel *label : m_window->findChildren<QLabel *>()) {
        if (label->buddy() && label->isVisible()) {
            take(label->text());
        }
    }
    for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->shortcut().isEmpty()) {
            take(button->text());
        }
    }
    for (const QTabBar *bar : m_window->findChildren<QTabBar *>()) {
        for (int tab = 0; tab < bar->count() && bar->isVisible(); ++tab) {
            take(bar->tabText(tab));
        }
    }
    return found.join(QStringLiteral(", "));
}

void TestMenus::mnemonicsOfTheWindowDiffer()
{
    // Of two that share a letter each press of the key means the other one.
    QVERIFY2(clashes().isEmpty(), qPrintable(clashes()));
    m_window->timelineView()->selection().setCurrent(0);
    QVERIFY(m_window->properties()->findChild<QWidget *>(QStringLiteral("comment"))->isVisible());
    QVERIFY2(clashes().isEmpty(), qPrintable(clashes()));
    m_window->timelineView()->controller().addMarkerAtPlayhead();
    QVERIFY2(clashes().isEmpty(), qPrintable(clashes()));
}

QTEST_MAIN(TestMenus)
#include "tst_menus.moc"
