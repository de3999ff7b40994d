// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/activation.h"
#include "ui/commands/commandpalette.h"
#include "ui/commands/commandset.h"
#include "ui/commands/keysdialog.h"

#include <QAction>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

class TestCommandSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void keysAreKeptForTheNextStart();
    void aTakenKeyIsTakenAway();
    void otherWindowsFollow();
    void tipsNameTheKey();
    void paletteFindsAndDoes();
    void dialogRebinds();

private:
    QTemporaryDir m_home;
    std::unique_ptr<QMainWindow> m_window;
    CommandSet *m_commands = nullptr;
    QAction *m_save = nullptr;
    QAction *m_split = nullptr;
};

void TestCommandSet::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
}

void TestCommandSet::init()
{
    m_window = std::make_unique<QMainWindow>();
    m_commands = new CommandSet(m_window.get());
    m_save = m_commands->add(QStringLiteral("file.save"), QStringLiteral("File"),
                             QStringLiteral("&Save"), {QKeySequence(QStringLiteral("Ctrl+S"))});
    m_split = m_commands->add(QStringLiteral("timeline.split"), QStringLiteral("Timeline"),
                              QStringLiteral("Spli&t…"), {QKeySequence(QStringLiteral("Ctrl+B"))});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(activate(m_window.get()));
}

void TestCommandSet::cleanup()
{
    m_commands->resetKeys();
    m_window.reset();
}

void TestCommandSet::keysAreKeptForTheNextStart()
{
    m_commands->rebind(QStringLiteral("file.save"), {QKeySequence(QStringLiteral("F12"))});
    QCOMPARE(m_save->shortcut(), QKeySequence(QStringLiteral("F12")));
    QMainWindow other;
    CommandSet commands(&other);
    const QAction *save =
        commands.add(QStringLiteral("file.save"), QStringLiteral("File"), QStringLiteral("&Save"),
                     {QKeySequence(QStringLiteral("Ctrl+S"))});
    QCOMPARE(save->shortcut(), QKeySequence(QStringLiteral("F12")));
    m_commands->resetKeys();
    QCOMPARE(m_save->shortcut(), QKeySequence(QStringLiteral("Ctrl+S")));
}

void TestCommandSet::aTakenKeyIsTakenAway()
{
    m_commands->rebind(QStringLiteral("timeline.split"), {QKeySequence(QStringLiteral("Ctrl+S"))});
    QVERIFY(m_save->shortcut().isEmpty());
    QCOMPARE(m_commands->commandWith(QKeySequence(QStringLiteral("Ctrl+S")))->id,
             QStringLiteral("timeline.split"));
    QSignalSpy split(m_split, &QAction::triggered);
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(split.size(), 1);
}

void TestCommandSet::otherWindowsFollow()
{
    QMainWindow other;
    auto *commands = new CommandSet(&other);
    const QAction *save =
        commands->add(QStringLiteral("file.save"), QStringLiteral("File"), QStringLiteral("&Save"),
                      {QKeySequence(QStringLiteral("Ctrl+S"))});
    m_commands->rebind(QStringLiteral("file.save"), {QKeySequence(QStringLiteral("F12"))});
    QCOMPARE(save->shortcut(), QKeySequence(QStringLiteral("F12")));
}

void TestCommandSet::tipsNameTheKey()
{
    QCOMPARE(m_split->toolTip(), QStringLiteral("Split (Ctrl+B)"));
    m_commands->rebind(QStringLiteral("timeline.split"), {});
    QCOMPARE(m_split->toolTip(), QStringLiteral("Split"));
}

void TestCommandSet::paletteFindsAndDoes()
{
    QSignalSpy split(m_split, &QAction::triggered);
    auto *palette = new CommandPalette(*m_commands, m_window.get());
    palette->show();
    auto *words = palette->findChild<QLineEdit *>();
    auto *list = palette->findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QTest::keyClicks(words, QStringLiteral("spl time"));
    QCOMPARE(list->count(), 1);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(split.size(), 1);
}

void TestCommandSet::dialogRebinds()
{
    KeysDialog dialog(*m_commands, {{QStringLiteral("Left"), QStringLiteral("Step")}}, nullptr);
    dialog.show();
    auto *tree = dialog.findChild<QTreeWidget *>();
    const auto found =
        tree->findItems(QStringLiteral("Save"), Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    tree->setCurrentItem(found[0]);
    auto *key = dialog.findChild<QKeySequenceEdit *>();
    key->setFocus();
    QTest::keyClick(key, Qt::Key_F7);
    QTRY_VERIFY(!key->keySequence().isEmpty());
    for (auto *button : dialog.findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Set this key"))) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(m_save->shortcut(), QKeySequence(QStringLiteral("F7")));
}

QTEST_MAIN(TestCommandSet)
#include "tst_commandset.moc"
