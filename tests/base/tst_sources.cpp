// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

/**
 * Rules of the house that no compiler knows, held against the sources: what is enforced in one
 * place is not gone round in another.
 */
class TestSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goThroughOnePlace_data();
    void goThroughOnePlace();
    void nameWidgetsOnce();
};

void TestSources::goThroughOnePlace_data()
{
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("forbidden");
    QTest::addColumn<QStringList>("allowed"); // files, and why
    QTest::addColumn<QString>("instead");
    const QStringList everywhere{QStringLiteral("app"), QStringLiteral("ui")};
    const QStringList window{QStringLiteral("ui")};

    QTest::newRow("fields for numbers")
        << window << QStringLiteral("\\bQ(?:Double)?SpinBox\\b") << QStringList()
        << QStringLiteral("NumberBox reads a point and a comma, and shows numbers exactly");
    QTest::newRow("numbers from text")
        << everywhere
        << QStringLiteral("\\.to(?:Double|Float|Int|UInt|Long|LongLong|ULongLong|Short)\\(&|"
                          "captured\\([^()]*\\)\\s*\\.to(?:Double|Float|Int|LongLong)\\(|"
                          "\\b(?:strtod|strtol|sscanf|stoi|stod|from_chars)\\b")
        << QStringList{
               QStringLiteral("app/base/jsontext.cpp"),            // JSON
               QStringLiteral("app/base/numbers.cpp"),             // the reader itself
               QStringLiteral("app/base/timetext.cpp"),            // the reader of times
               QStringLiteral("app/desktop/powerstate.cpp"),       // the kernel's files
               QStringLiteral("app/generation/generators.cpp"),    // settings
               QStringLiteral("app/base/lenientvalue.cpp"),        // a model's or a chat's JSON
               QStringLiteral("app/journal/journaltext.cpp"),       // a checksum
               QStringLiteral("app/generation/llmexchange.cpp"),   // headers of answers
               QStringLiteral("app/generation/offlinemetrics.cpp"), // figures within a sentence
               QStringLiteral("app/net/httpclient.cpp"),           // headers of answers
               QStringLiteral("app/sandbox/sandboxapi.cpp"),       // queries of a URL
               QStringLiteral("app/sandbox/sandboxllm.cpp"),       // figures within a sentence
               QStringLiteral("app/model/metricnames.cpp"),     // percentiles within names
           }
        << QStringLiteral("numberFromText() and wholeFromText() read what is typed");
    // What is left of it says dates and times of day.
    QTest::newRow("numbers of the system's locale")
        << everywhere
        << QStringLiteral("%L\\d|toCurrencyString|currencySymbol|"
                          "QLocale(?:\\(\\))?\\s*(?:\\.to(?:Double|Float|U?Int|U?Long)|\\w+;)|"
                          "QLocale\\(\\)\\.(?!toString)|"
                          "QLocale\\(\\)\\.toString\\((?![^;]*(?:Format|d MMM))")
        << QStringList() << QStringLiteral("numberText() and roundedText() write numbers");
    QTest::newRow("colors in style sheets")
        << window << QStringLiteral("setStyleSheet") << QStringList()
        << QStringLiteral("paintButton(), setInk() and setMark() follow a change of theme");
    QTest::newRow("event loops within functions")
        << everywhere << QStringLiteral("\\bQEventLoop\\b|\\bprocessEvents\\(")
        << QStringList{
               QStringLiteral("app/rehearsal/rehearsalstage.cpp"), // drives a thread of its own
           }
        << QStringLiteral("an answer that takes its time comes to a Continuation");
    QTest::newRow("edits told by any change of a text")
        << window << QStringLiteral("QPlainTextEdit::textChanged|QTextEdit::textChanged")
        << QStringList{
               QStringLiteral("ui/source/sourceview.cpp"),      // compares the text itself
               QStringLiteral("ui/widgets/typedtextedit.cpp"), // as it does
           }
        << QStringLiteral("TypedTextEdit::typed() is told by edits alone");
    // A dialog with an event loop of its own may stand in the way of a run that is live. Of those
    // that are left, what keeps them from that; the window holds the clock of a run under any.
    QTest::newRow("event loops within others")
        << window << QStringLiteral("(?:\\.|->)exec\\((?!Qt::)")
        << QStringList{
               // Nothing is edited while a run is in progress:
               QStringLiteral("ui/edit/editcommands.cpp"),
               // Hidden in a show; a rehearsal sends nothing outside:
               QStringLiteral("ui/library/librarypanel.cpp"),
               QStringLiteral("ui/library/userscenarios.cpp"),
               QStringLiteral("ui/prompt/prompteditor.cpp"),
               QStringLiteral("ui/prompt/promptpane.cpp"),
               // Over a dialog of the desk:
               QStringLiteral("ui/widgets/discardquestion.cpp"),
               // Before a run starts, and refused while one is in progress:
               QStringLiteral("ui/runs/runcommands.cpp"),
               QStringLiteral("ui/show/showwatch.cpp"),
               // The user leaves: saving and closing wait for the answer.
               QStringLiteral("ui/document/filecommands.cpp"),
               QStringLiteral("ui/show/runquestions.cpp"),
               // The printer's own dialog, on paper for the desk:
               QStringLiteral("ui/export/exportcommands.cpp"),
           }
        << QStringLiteral("openModal() opens a dialog and returns at once");
}

void TestSources::goThroughOnePlace()
{
    QFETCH(QStringList, folders);
    QFETCH(QString, forbidden);
    QFETCH(QStringList, allowed);
    QFETCH(QString, instead);
    const QRegularExpression pattern(forbidden);
    QVERIFY2(pattern.isValid(), qPrintable(pattern.errorString()));
    const QString root = QStringLiteral(PROJECT_SOURCE_DIR "/");
    QStringList found;
    int files = 0;
    for (const QString &folder : folders) {
        QDirIterator sources(root + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                             QDir::Files, QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            const QString name = sources.next().mid(root.size());
            QFile file(root + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            ++files;
            auto matches = pattern.globalMatch(text);
            while (matches.hasNext()) {
                const qsizetype at = matches.next().capturedStart();
                const QString line = text.mid(text.lastIndexOf(u'\n', at) + 1).section(u'\n', 0, 0);
                const QString plain = line.trimmed();
                if (plain.startsWith(QLatin1String("//")) || plain.startsWith(u'*') ||
                    plain.startsWith(QLatin1String("/*")) || plain.startsWith(QLatin1String("#"))) {
                    continue;
                }
                if (!allowed.contains(name)) {
                    found.append(QStringLiteral("%1:%2: %3")
                                     .arg(name)
                                     .arg(text.left(at).count(u'\n') + 1)
                                     .arg(plain));
                }
            }
        }
    }
    QVERIFY(files > 100);
    QVERIFY2(found.isEmpty(),
             qPrintable(QString(instead + QStringLiteral("; not so in\n") + found.join(u'\n'))));
}

void TestSources::nameWidgetsOnce()
{
    // Where a function of the house begins, and what it is called: Class::Class() and make…(),
    // add…(), new…() and open…() make widgets, and name them for the first time.
    const QRegularExpression function(
        QStringLiteral("^(?:\\w[\\w:<>,*& ]*[ *&])?(?:(\\w+)::)?(~?\\w+)\\([^;\\n]*$"),
        QRegularExpression::MultilineOption);
    const QRegularExpression naming(QStringLiteral("\\bsetAccessible(?:Name|Description)\\("));
    const QRegularExpression makes(QStringLiteral("^(?:make|add|new|open)[A-Z]"));
    const QString root = QStringLiteral(PROJECT_SOURCE_DIR "/");
    QStringList found;
    QDirIterator sources(root + QStringLiteral("ui"), {QStringLiteral("*.cpp")}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        const QString name = sources.next().mid(root.size());
        if (name == QLatin1String("ui/widgets/spoken.cpp")) {
            continue; // which compares first
        }
        QFile file(root + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        auto names = naming.globalMatch(text);
        while (names.hasNext()) {
            const qsizetype at = names.next().capturedStart();
            QString owner;
            QString in;
            auto functions = function.globalMatch(text);
            while (functions.hasNext()) {
                const auto begun = functions.next();
                if (begun.capturedStart() > at) {
                    break;
                }
                owner = begun.captured(1);
                in = begun.captured(2);
            }
            if (owner != in && !makes.match(in).hasMatch()) {
                found.append(QStringLiteral("%1:%2, in %3::%4()")
                                 .arg(name)
                                 .arg(text.left(at).count(u'\n') + 1)
                                 .arg(owner, in));
            }
        }
    }
    QVERIFY2(found.isEmpty(),
             qPrintable(QString(QStringLiteral("setSpokenName() and setSpokenDescription() change "
                                               "what is said; not so in\n") +
                                found.join(u'\n'))));
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
