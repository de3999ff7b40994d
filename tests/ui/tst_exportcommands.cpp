// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/export/exportcommands.h"
#include "ui/look/theme.h"

#include <QImage>
#include <QMainWindow>
#include <QPrinter>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

class TestExportCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pngShowsTheWholeTimeline();
    void svgHoldsItsTexts();
    void pdfHasPictureAndSchedule();
    void printsTheSame();
    void writesTheSchedule();
    void manyLanesStillFitAnImage();
    void aFailedExportLeavesTheOldFile();
    void refusesOtherEndings();

private:
    QString path(const QString &name) const { return m_dir.filePath(name); }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_dir;
    ScenarioLibrary m_scenarios;
    std::unique_ptr<QMainWindow> m_window;
    std::unique_ptr<TimelineDocument> m_document;
    ExportCommands *m_exports = nullptr;
};

void TestExportCommands::init()
{
    m_scenarios =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    m_window = std::make_unique<QMainWindow>();
    m_document = std::make_unique<TimelineDocument>();
    QVERIFY(m_document->load(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/incident_storm.json"))
                .has_value());
    auto *commands = new CommandSet(m_window.get());
    m_exports = new ExportCommands(*m_document, m_scenarios, *commands, m_window.get());
}

void TestExportCommands::cleanup()
{
    m_window.reset();
    m_document.reset();
}

void TestExportCommands::pngShowsTheWholeTimeline()
{
    QVERIFY(m_exports->exportPicture(path(QStringLiteral("a.png"))).has_value());
    const QImage image(path(QStringLiteral("a.png")));
    QCOMPARE(image.width(), 3200);
    QVERIFY(image.height() > 400);
    // Each severity that occurs is there, in the colours of light, whatever the window shows.
    for (const Severity severity : {Severity::High, Severity::Critical}) {
        const QRgb edge = Theme::light().ink(severity).edge.rgb();
        bool found = false;
        for (int y = 0; y < image.height() && !found; ++y) {
            for (int x = 0; x < image.width() && !found; ++x) {
                found = image.pixel(x, y) == edge;
            }
        }
        QVERIFY(found);
    }
}

void TestExportCommands::svgHoldsItsTexts()
{
    QVERIFY(m_exports->exportPicture(path(QStringLiteral("a.svg"))).has_value());
    QXmlStreamReader xml(contents(path(QStringLiteral("a.svg"))));
    QString texts;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::Characters) {
            texts += xml.text() + u' ';
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(texts.contains(m_document->timeline().name));
    QVERIFY(texts.contains(QStringLiteral("auth-service")));
}

void TestExportCommands::pdfHasPictureAndSchedule()
{
    QVERIFY(m_exports->exportPicture(path(QStringLiteral("a.pdf"))).has_value());
    const QByteArray pdf = contents(path(QStringLiteral("a.pdf")));
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.count("/Type /Page\n") >= 2);
}

void TestExportCommands::printsTheSame()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setOutputFileName(path(QStringLiteral("printed.pdf")));
    QVERIFY(m_exports->printTo(printer).has_value());
    QVERIFY(contents(path(QStringLiteral("printed.pdf"))).count("/Type /Page\n") >= 2);
}

void TestExportCommands::writesTheSchedule()
{
    QVERIFY(m_exports->exportSchedule(path(QStringLiteral("a.md"))).has_value());
    QVERIFY(contents(path(QStringLiteral("a.md"))).startsWith("# Incident Storm"));
    QVERIFY(m_exports->exportSchedule(path(QStringLiteral("a.csv"))).has_value());
    QCOMPARE(int(contents(path(QStringLiteral("a.csv"))).count("\r\n")),
             int(m_document->timeline().incidents.size()) + 1);
}

void TestExportCommands::manyLanesStillFitAnImage()
{
    Timeline many = m_document->timeline();
    for (int i = 0; i < 1500; ++i) {
        Incident incident = many.incidents[i % 5];
        incident.id = TimelineFile::makeId();
        incident.serviceName = QStringLiteral("service-%1").arg(i);
        many.incidents.append(incident);
    }
    m_document->edit(QStringLiteral("Many"), many);
    QVERIFY(m_exports->exportPicture(path(QStringLiteral("many.png"))).has_value());
    QVERIFY(QImage(path(QStringLiteral("many.png"))).height() <= 16000);
}

void TestExportCommands::aFailedExportLeavesTheOldFile()
{
    const auto refused = m_exports->exportPicture(QStringLiteral("/dev/full/a.png"));
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().message.contains(QStringLiteral("/dev/full/a.png")));
    QVERIFY(!m_exports->exportSchedule(QStringLiteral("/nowhere/a.md")).has_value());
}

void TestExportCommands::refusesOtherEndings()
{
    for (const char *name : {"a.bmp", "a", "a.json"}) {
        const auto refused = m_exports->exportPicture(path(QLatin1String(name)));
        QVERIFY(!refused.has_value());
        QVERIFY(!QFile::exists(path(QLatin1String(name))));
    }
}

QTEST_MAIN(TestExportCommands)
#include "tst_exportcommands.moc"
