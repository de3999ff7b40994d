// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/activation.h"
#include "ui/document/timelinedocument.h"
#include "ui/source/sourceeditor.h"
#include "ui/source/sourceview.h"

#include <QLabel>
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

private:
    void putCursorBefore(const QString &text);

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
    QTRY_VERIFY(m_view->hasError());
    QCOMPARE(m_view->editor()->errorLine(), 6);
    auto *state = m_view->findChild<QLabel *>(QStringLiteral("sourceState"));
    QVERIFY2(state->text().startsWith(QStringLiteral("6:")), qPrintable(state->text()));
    QVERIFY(m_document->timeline().incidents[0].delay == 10s);
    QCOMPARE(m_document->undoStack()->count(), 0);
    QTest::keyClick(m_view->editor(), Qt::Key_Backspace);
    QTRY_VERIFY(!m_view->hasError());
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

QTEST_MAIN(TestSourceView)
#include "tst_sourceview.moc"
