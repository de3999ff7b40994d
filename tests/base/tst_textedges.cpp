// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

namespace {

/** Files that may, each with the reason why. */
using Exceptions = QList<std::pair<const char *, const char *>>;

struct Edge
{
    const char *name;
    /** What goes round the edge. */
    const char *pattern;
    /** What to write instead. */
    const char *instead;
    Exceptions exceptions;
};

const QList<Edge> &edges()
{
    static const QList<Edge> all{
        {"terminal",
         R"(\bstd(out|err)\b|std::c(out|err|log)\b|\b(printf|puts|putchar|perror|vprintf)\s*\()"
         R"(|write\s*\(\s*STD(OUT|ERR)_FILENO)",
         "print with Console, in app/base/console.h",
         {{"app/base/console.cpp", "is the edge"}}},
        {"log",
         R"(\bqInstallMessageHandler\b)",
         "Console::cleanLog()",
         {{"app/base/console.cpp", "is the edge"}}},
        {"tool tip",
         R"(\bQToolTip\b)",
         "show with PlainText, in ui/widgets/plaintext.h; setToolTip() is plain already",
         {{"ui/widgets/plaintext.cpp", "is the edge"}}},
        {"rich text",
         R"(Qt::RichText|Qt::AutoText|Qt::MarkdownText|\b(setHtml|insertHtml|appendHtml)\s*\()"
         R"(|\bsetMarkdown\s*\(|\bshowRichToolTip\s*\(|\bsetWhatsThis\s*\(|\bQErrorMessage\b)",
         "show plain text; if the markup is ours, escape the rest and name the file here",
         {{"ui/widgets/plaintext.cpp", "is the edge"},
          {"ui/widgets/plaintext.h", "is the edge"},
          {"ui/widgets/messagebar.cpp", "a bold headline; both texts escaped"},
          {"ui/library/librarypreview.cpp", "headings and a table; texts escaped"},
          {"ui/library/scenarioeditor.cpp", "one bold word of ours"},
          {"ui/window/windowhelp.cpp", "the about box, all words of ours"},
          {"ui/player/incidentdialog.cpp", "lists; texts escaped"},
          {"ui/player/runnowdialog.cpp", "a bold name; texts escaped"},
          {"ui/report/reportdialog.cpp", "the findings; texts escaped"},
          {"ui/runs/runcomparedialog.cpp", "two letters in bold; texts escaped"},
          {"ui/show/checkpanel.cpp", "colors; texts escaped"},
          {"ui/timeline/timelineview.cpp", "the timeline's own tool tip; texts escaped"},
          {"ui/export/exportcommands.cpp", "the schedule's Markdown, from markdownText()"}}},
        {"opened URL",
         R"(\bQDesktopServices\b|setOpenExternalLinks|setOpenLinks|\bLinksAccessible|)"
         R"(TextBrowserInteraction|\bxdg-open\b)",
         "open with Opening, in ui/widgets/opening.h",
         {{"ui/widgets/opening.cpp", "is the edge"}}},
        {"table of values",
         R"(join\(\s*(u','|QStringLiteral\(","\)|QLatin1Char\(','\))\s*\))",
         "write rows with csvRow(), in app/base/tabletext.h",
         {{"app/base/tabletext.cpp", "is the edge"}}},
        {"id from outside",
         R"(incidentId\s*=\s*[^;]*\.toString\(\))",
         "take an incident's id with boundedId(), in app/base/visibletext.h",
         {{"app/generation/generationhistory.cpp", "the id of an incident of the timeline"}}},
    };
    return all;
}

/** Of the program's own sources, by their path within the project. */
QList<std::pair<QString, QString>> sources()
{
    QList<std::pair<QString, QString>> found;
    const QDir project(QStringLiteral(PROJECT_SOURCE_DIR));
    for (const char *room : {"app", "ui"}) {
        QDirIterator files(project.filePath(QLatin1String(room)),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)) {
                found.append(
                    {project.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll())});
            }
        }
    }
    return found;
}

} // namespace

/** Text leaves the program in few places, and no file goes round them. */
class TestTextEdges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughItsEdge_data();
    void goesThroughItsEdge();
    void exceptionsAreStillNeeded();
    void aWayRoundIsFound_data();
    void aWayRoundIsFound();
};

void TestTextEdges::goesThroughItsEdge_data()
{
    QTest::addColumn<int>("number");
    for (int i = 0; i < edges().size(); ++i) {
        QTest::newRow(edges()[i].name) << i;
    }
}

void TestTextEdges::goesThroughItsEdge()
{
    QFETCH(int, number);
    const Edge &edge = edges()[number];
    const QRegularExpression way(QString::fromLatin1(edge.pattern));
    QVERIFY(way.isValid());
    const auto all = sources();
    QVERIFY(all.size() > 400);
    for (const auto &[path, text] : all) {
        const bool isAllowed =
            std::any_of(edge.exceptions.begin(), edge.exceptions.end(),
                        [&](const auto &entry) { return path == QLatin1String(entry.first); });
        int line = 0;
        for (const QString &words : text.split(u'\n')) {
            ++line;
            QVERIFY2(isAllowed || !way.match(words).hasMatch(),
                     qPrintable(QStringLiteral("%1:%2: %3")
                                    .arg(path)
                                    .arg(line)
                                    .arg(QString::fromLatin1(edge.instead))));
        }
    }
}

void TestTextEdges::exceptionsAreStillNeeded()
{
    const auto all = sources();
    for (const Edge &edge : edges()) {
        const QRegularExpression way(QString::fromLatin1(edge.pattern));
        for (const auto &exception : edge.exceptions) {
            const bool isNeeded = std::any_of(all.begin(), all.end(), [&](const auto &source) {
                return source.first == QLatin1String(exception.first) &&
                       way.match(source.second).hasMatch();
            });
            QVERIFY2(isNeeded, exception.first);
        }
    }
}

void TestTextEdges::aWayRoundIsFound_data()
{
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *edge, const char *line) {
        QTest::newRow(line) << QString::fromLatin1(edge) << QString::fromLatin1(line);
    };
    row("terminal", "std::fputs(title, stdout);");
    row("terminal", "std::cerr << title;");
    row("terminal", "printf(\"%s\", title);");
    row("terminal", "QTextStream(stderr) << title;");
    row("tool tip", "QToolTip::showText(place, title);");
    row("rich text", "label->setTextFormat(Qt::RichText);");
    row("rich text", "m_text->setHtml(answer);");
    row("opened URL", "QDesktopServices::openUrl(QUrl(link));");
    row("table of values", "text += cells.join(u',');");
    row("id from outside", "run.incidentId = object.value(u\"id\").toString();");
}

void TestTextEdges::aWayRoundIsFound()
{
    QFETCH(QString, edge);
    QFETCH(QString, line);
    const auto found = std::find_if(edges().begin(), edges().end(), [&](const Edge &known) {
        return edge == QLatin1String(known.name);
    });
    QVERIFY(found != edges().end());
    QVERIFY(QRegularExpression(QString::fromLatin1(found->pattern)).match(line).hasMatch());
}

QTEST_GUILESS_MAIN(TestTextEdges)
#include "tst_textedges.moc"
