// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/activation.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/theme.h"
#include "ui/source/sourceeditor.h"
#include "ui/source/sourceview.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace std::chrono_literals;

class TestSourceView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheFileAndItsEdits();
    void typingBecomesTheTimeline();
    void marksAnErrorAndLeavesTheTimeline();
    void keepsTheCursorWhileOthersEdit();
    void undoIsTheDocuments();
    void goesToAPointer();
    void tellsTheIncidentUnderTheCursor();
    void isNotTypedInByColorsAndFonts_data();
    void isNotTypedInByColorsAndFonts();
    void keepsWhatChangedWhileTheTextWasBroken();
    void keepsWhatChangedWhileOneTyped();
    void asksIfBothChangedTheSame();
    void asksBeforeACommentIsLost();
    void takesBackWhatWasTyped();
    void keepsTheBytesAroundAnEdit();
    void forgetsWhatWasTypedForAnotherTimeline();
    void undoesWhatWasTypedJustNow();

private:
    void putCursorBefore(const QString &text);
    void pressed(const char *button);
    void deleteSecond();

    std::unique_ptr<TimelineDocument> m_document;
    std::unique_ptr<SourceView> m_view;
};

static const QByteArray Text = "{\n"
                               "  \"name\": \"Storm\", // ours\n"
                               "  \"description\": \"\",\n"
                               "  \"duration_minutes\": 5,\n"
                               "  \"incidents\": [\n"
                               "    { \"delay_seconds\": 10, \"type\": \"predefined\",\n"
                               "      \"scenario_id\": \"pod_crash_loop\" },\n"
                               "    { \"delay_seconds\": 60, \"type\": \"predefined\",\n"
                               "      \"scenario_id\": \"pod_crash_loop\" }\n"
                               "  ]\n"
                               "}\n";

void TestSourceView::init()
{
    m_document = std::make_unique<TimelineDocument>();
    QVERIFY(m_document->restore(Text, {}).has_value());
    m_view = std::make_unique<SourceView>(*m_document);
    m_view->resize(700, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QVERIFY(activate(m_view.get()));
    m_view->editor()->setFocus();
}

void TestSourceView::cleanup()
{
    m_view.reset();
    m_document.reset();
}

void TestSourceView::putCursorBefore(const QString &text)
{
    QTextCursor cursor = m_view->editor()->document()->find(text);
    QVERIFY(!cursor.isNull());
    cursor.setPosition(cursor.selectionStart());
    m_view->editor()->setTextCursor(cursor);
}

void TestSourceView::showsTheFileAndItsEdits()
{
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), Text);
    Timeline after = m_document->timeline();
    after.incidents[1].delay = 75s;
    m_document->edit(QStringLiteral("Move"), after);
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), m_document->text());
    QVERIFY(m_view->editor()->toPlainText().contains(QStringLiteral("75")));
}

void TestSourceView::typingBecomesTheTimeline()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("1"));
    QTRY_VERIFY(m_document->timeline().incidents[0].delay == 110s);
    QTest::keyClicks(m_view->editor(), QStringLiteral("2"));
    QTRY_VERIFY(m_document->timeline().incidents[0].delay == 1210s);
    QCOMPARE(m_document->undoStack()->count(), 1);
    QVERIFY(m_document->text().contains("// ours"));
}

void TestSourceView::marksAnErrorAndLeavesTheTimeline()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("x"));
    QTRY_VERIFY(m_view->isLeft());
    QCOMPARE(m_view->editor()->errorLine(), 6);
    auto *state = m_view->findChild<QLabel *>(QStringLiteral("sourceState"));
    QVERIFY2(state->text().startsWith(QStringLiteral("6:")), qPrintable(state->text()));
    QVERIFY(m_document->timeline().incidents[0].delay == 10s);
    QCOMPARE(m_document->undoStack()->count(), 0);
    QTest::keyClick(m_view->editor(), Qt::Key_Backspace);
    QTRY_VERIFY(!m_view->isLeft());
    QCOMPARE(m_view->editor()->errorLine(), 0);
}

void TestSourceView::keepsTheCursorWhileOthersEdit()
{
    putCursorBefore(QStringLiteral("\"duration_minutes\""));
    const int line = m_view->editor()->textCursor().blockNumber();
    Timeline after = m_document->timeline();
    after.incidents[1].delay = 75s;
    m_document->edit(QStringLiteral("Move"), after);
    QCOMPARE(m_view->editor()->textCursor().blockNumber(), line);
}

void TestSourceView::undoIsTheDocuments()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("1"));
    QTRY_COMPARE(m_document->undoStack()->count(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), Text);
}

void TestSourceView::goesToAPointer()
{
    m_view->showPointer(QStringLiteral("/incidents/1/scenario_id"));
    QCOMPARE(m_view->editor()->textCursor().blockNumber() + 1, 9);
    m_view->showPointer(QStringLiteral("/incidents/1/title")); // is not there
    QCOMPARE(m_view->editor()->textCursor().blockNumber() + 1, 8);
}

void TestSourceView::tellsTheIncidentUnderTheCursor()
{
    QSignalSpy entered(m_view.get(), &SourceView::incidentEntered);
    putCursorBefore(QStringLiteral("60,"));
    QCOMPARE(entered.last()[0].toInt(), 1);
    QTest::keyClick(m_view->editor(), Qt::Key_Up);
    QCOMPARE(entered.last()[0].toInt(), 0);
    QTest::keyClick(m_view->editor(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(entered.last()[0].toInt(), -1);
}

void TestSourceView::pressed(const char *button)
{
    auto *found = m_view->findChild<QPushButton *>(QLatin1String(button));
    QVERIFY(found && found->isVisible());
    QTest::mouseClick(found, Qt::LeftButton);
}

/** As on the canvas, while the JSON stands beside it. */
void TestSourceView::deleteSecond()
{
    Timeline after = m_document->timeline();
    after.incidents.removeAt(1);
    QVERIFY(m_document->edit(QStringLiteral("Delete"), after));
}

void TestSourceView::isNotTypedInByColorsAndFonts_data()
{
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("never opened") << false;
    QTest::newRow("opened, hidden and stale") << true;
}

void TestSourceView::isNotTypedInByColorsAndFonts()
{
    QFETCH(bool, isOpened);
    if (!isOpened) {
        m_view = std::make_unique<SourceView>(*m_document);
    } else {
        m_view->hide();
        deleteSecond();
    }
    const QByteArray text = m_document->text();
    const int steps = m_document->undoStack()->count();
    for (const bool dark : {true, false}) {
        m_view->setPalette((dark ? Theme::darkTheme() : Theme::light()).palette());
        QFont font = m_view->font();
        font.setPointSizeF(font.pointSizeF() * (dark ? 1.5 : 0.7));
        m_view->setFont(font);
        QTest::qWait(300); // longer than a pause in typing
    }
    QCOMPARE(m_document->text(), text);
    QCOMPARE(m_document->undoStack()->count(), steps);
    QVERIFY(!m_view->isLeft());
    m_view->show();
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), text);
}

void TestSourceView::keepsWhatChangedWhileTheTextWasBroken()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("x"));
    QTRY_VERIFY(m_view->isLeft());
    deleteSecond();
    QCOMPARE(m_document->timeline().incidents.size(), 1);
    // Repaired, and with an edit of its own.
    QTest::keyClicks(m_view->editor(), QStringLiteral("2"));
    QTest::keyClick(m_view->editor(), Qt::Key_Left);
    QTest::keyClick(m_view->editor(), Qt::Key_Backspace);
    QTRY_VERIFY(!m_view->isLeft());
    QCOMPARE(m_document->timeline().incidents.size(), 1);
    QVERIFY(m_document->timeline().incidents[0].delay == 210s);
    QVERIFY(m_document->text().contains("// ours"));
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), m_document->text());
    m_document->undoStack()->undo();
    QVERIFY(m_document->timeline().incidents[0].delay == 10s);
    QCOMPARE(m_document->timeline().incidents.size(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), Text);
}

void TestSourceView::keepsWhatChangedWhileOneTyped()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("2"));
    deleteSecond(); // before the typing has paused
    QTRY_VERIFY(m_document->timeline().incidents[0].delay == 210s);
    QCOMPARE(m_document->timeline().incidents.size(), 1);
}

void TestSourceView::asksIfBothChangedTheSame()
{
    for (const bool isUsed : {false, true}) {
        QVERIFY(m_document->restore(Text, {}).has_value());
        putCursorBefore(QStringLiteral("60,"));
        QTest::keyClicks(m_view->editor(), QStringLiteral("3"));
        deleteSecond();
        QTRY_VERIFY(m_view->isLeft());
        QCOMPARE(m_document->timeline().incidents.size(), 1);
        const QByteArray newer = m_document->text();
        pressed(isUsed ? "useText" : "discardText");
        QVERIFY(!m_view->isLeft());
        if (isUsed) {
            QVERIFY(m_document->timeline().incidents[1].delay == 360s);
            m_document->undoStack()->undo();
        }
        QCOMPARE(m_document->text(), newer);
        QCOMPARE(m_view->editor()->toPlainText().toUtf8(), newer);
    }
}

void TestSourceView::asksBeforeACommentIsLost()
{
    // A comment in the second incident, which the timeline knows nothing of.
    putCursorBefore(QStringLiteral("60,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("/* why */ "));
    deleteSecond();
    QTRY_VERIFY(m_view->isLeft());
    pressed("useText");
    QVERIFY(m_document->text().contains("/* why */"));
    QCOMPARE(m_document->timeline().incidents.size(), 2);
}

void TestSourceView::takesBackWhatWasTyped()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("x"));
    QTRY_VERIFY(m_view->isLeft());
    deleteSecond();
    QTest::keyClick(m_view->editor(), Qt::Key_Backspace);
    QVERIFY(!m_view->isLeft());
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), m_document->text());
    QCOMPARE(m_document->undoStack()->count(), 1);
    QCOMPARE(m_document->timeline().incidents.size(), 1);
}

void TestSourceView::keepsTheBytesAroundAnEdit()
{
    // Both kinds of line ends, and a blank that an editor would make a plain one.
    QByteArray mixed = "\xEF\xBB\xBF" + Text;
    mixed.replace("\"Storm\", // ours\n", "\"St\xC2\xA0rm\", // ours\r\n");
    QVERIFY(m_document->restore(mixed, {}).has_value());
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("1"));
    QTRY_COMPARE(m_document->undoStack()->count(), 1);
    QByteArray wanted = mixed;
    wanted.replace("10,", "110,");
    QCOMPARE(m_document->text(), wanted);
}

void TestSourceView::forgetsWhatWasTypedForAnotherTimeline()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("1"));
    m_view->hide();
    const QByteArray other = "{ \"name\": \"Other\", \"description\": \"\", "
                             "\"duration_minutes\": 1, \"incidents\": [] }\n";
    QVERIFY(m_document->restore(other, {}).has_value());
    QTest::qWait(300);
    QCOMPARE(m_document->text(), other);
    QCOMPARE(m_document->undoStack()->count(), 0);
    m_view->show();
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), other);
}

void TestSourceView::undoesWhatWasTypedJustNow()
{
    putCursorBefore(QStringLiteral("10,"));
    QTest::keyClicks(m_view->editor(), QStringLiteral("1"));
    QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    QApplication::sendEvent(m_view->editor(), &undo);
    m_document->undoStack()->undo();
    QCOMPARE(m_view->editor()->toPlainText().toUtf8(), Text);
    QCOMPARE(m_document->text(), Text);
}

QTEST_MAIN(TestSourceView)
#include "tst_sourceview.moc"
