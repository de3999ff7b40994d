// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/pinsfile.h"
#include "ui/document/timelinedocument.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray Text = R"({
  "name": "P", // kept
  "pins_file": "a.pins.json",
  "incidents": [
    { "delay_seconds": 0, "type": "llm_generated", "llm_prompt": "one" },
    { "delay_seconds": 5, "type": "llm_generated", "llm_prompt": "two", "id": "two" }
  ]
}
)";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Pin pin(const char *hash)
{
    return Pin::fromJson({{QStringLiteral("prompt_sha256"), QLatin1String(hash)}});
}

} // namespace

/** Pins beside the timeline: nothing of them is lost, and nobody else's is touched. */
class TestPinsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        put(path("a.json"), Text);
    }

    void anUneditedFileStaysAsItIs()
    {
        put(path("a.pins.json"), R"({"pins":{"two":{"prompt_sha256":"x"}},"note":"mine"})");
        const QByteArray pins = contentOf(path("a.pins.json"));
        TimelineDocument document;
        QVERIFY(document.load(path("a.json")));
        QCOMPARE(document.timeline().incidents[1].pinned, pin("x"));
        QVERIFY(document.save(path("a.json")));
        QCOMPARE(contentOf(path("a.json")), Text);
        QCOMPARE(contentOf(path("a.pins.json")), pins);
    }

    void aPinChangesAlone()
    {
        put(path("a.pins.json"),
            "{ // by hand\r\n  \"pins\": {\r\n    \"one\": {\"prompt_sha256\": "
            "\"z\", \"seed\": 1.50}, // of another day\r\n    \"two\": "
            "{\"prompt_sha256\": \"x\"}\r\n  }\r\n}\r\n");
        QByteArray expected = contentOf(path("a.pins.json"));
        expected.replace("\"x\"", "\"y\"");
        TimelineDocument document;
        QVERIFY(document.load(path("a.json")));
        Timeline after = document.timeline();
        QCOMPARE(after.incidents[1].pinned, pin("x"));
        after.incidents[1].pinned = pin("y");
        QVERIFY(document.edit(QStringLiteral("Pin"), after));
        QVERIFY(document.save(path("a.json")));
        QCOMPARE(contentOf(path("a.pins.json")), expected);
    }

    void aPinGoesBesideAndComesBack()
    {
        TimelineDocument document;
        QVERIFY(document.load(path("a.json")));
        Timeline after = document.timeline();
        after.incidents[0].pinned = pin("first");
        after.incidents[1].pinned = pin("second");
        QVERIFY(document.edit(QStringLiteral("Pin"), after));
        QVERIFY(document.save(path("a.json")));
        const QByteArray text = contentOf(path("a.json"));
        QVERIFY2(!text.contains("pinned") && text.contains("// kept"), text.constData());
        TimelineDocument again;
        QVERIFY(again.load(path("a.json")));
        QCOMPARE(again.timeline().incidents[0].pinned, pin("first"));
        QCOMPARE(again.timeline().incidents[1].pinned, pin("second"));
        // Saved a second time by the first one, it still finds its pins.
        document.undoStack()->undo();
        QVERIFY(document.save(path("a.json")));
        QVERIFY(again.load(path("a.json")));
        QVERIFY(again.timeline().incidents[0].pinned.isEmpty());
    }

    void aCopyHasPinsOfItsOwn()
    {
        put(path("a.pins.json"), R"({"pins":{"two":{"prompt_sha256":"x"}}})");
        TimelineDocument document;
        QVERIFY(document.load(path("a.json")));
        QVERIFY(document.save(path("b.json")));
        Timeline after = document.timeline();
        after.incidents[1].pinned = {};
        QVERIFY(document.edit(QStringLiteral("Unpin"), after));
        QVERIFY(document.save(path("b.json")));
        QVERIFY(contentOf(path("a.pins.json")).contains("\"x\""));
        QVERIFY(!contentOf(path("b.pins.json")).contains("\"x\""));
    }

    void nothingIsWrittenElsewhere_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name :
             {"../a.pins.json", "/tmp/x.json", ".hidden.json", "a.txt", "a.json"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }

    void nothingIsWrittenElsewhere()
    {
        QFETCH(QByteArray, name);
        put(path("a.json"), QByteArray(Text).replace("a.pins.json", name));
        TimelineDocument document;
        QVERIFY(document.load(path("a.json")));
        Timeline after = document.timeline();
        after.incidents[1].pinned = pin("second");
        QVERIFY(document.edit(QStringLiteral("Pin"), after));
        QVERIFY(document.save(path("a.json")));
        QVERIFY(contentOf(path("a.json")).contains("second"));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void whatCannotBeReadIsNotOverwritten()
    {
        put(path("a.pins.json"), "[1, 2");
        TimelineDocument document;
        const auto loaded = document.load(path("a.json"));
        QVERIFY(!loaded);
        QVERIFY(loaded.error().message.contains(u"pins"));
        QCOMPARE(contentOf(path("a.pins.json")), QByteArray("[1, 2"));
    }

private:
    QString path(const char *name) const { return m_dir->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_MAIN(TestPinsFile)
#include "tst_pinsfile.moc"
