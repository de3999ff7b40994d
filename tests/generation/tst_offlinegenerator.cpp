// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/offlinegenerator.h"
#include "app/library/promptcollection.h"
#include "app/settings/datapaths.h"
#include "app/timeline/timelinefile.h"

#include <QJsonDocument>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace {

GenerationRequest asking(const QString &prompt, Severity severity = Severity::High, qint64 seed = 1)
{
    GenerationRequest request;
    request.prompt = prompt;
    request.severity = severity;
    request.seed = seed;
    return request;
}

QByteArray contentOf(const Scenario &scenario)
{
    return QJsonDocument(toJson(scenario)).toJson(QJsonDocument::Compact);
}

const Metric *metricOf(const Scenario &scenario, const char *name)
{
    const auto found =
        std::find_if(scenario.metrics.begin(), scenario.metrics.end(),
                     [name](const Metric &metric) { return metric.name == QLatin1String(name); });
    return found == scenario.metrics.end() ? nullptr : &*found;
}

} // namespace

/** Scenarios without a network: always the same, never against the rules. */
class TestOfflineGenerator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAreArchetypesEnough() { QVERIFY(m_generator.archetypes().size() >= 40); }

    void isAPureFunction()
    {
        const auto request = asking(QStringLiteral("The disk fills up with logs"));
        const OfflineGenerator other;
        QCOMPARE(*m_generator.make(request), *other.make(request));
        QVERIFY(contentOf(m_generator.make(asking(request.prompt, Severity::High, 2))->scenario) !=
                contentOf(m_generator.make(request)->scenario));
    }

    void keepsTheRulesForAllArchetypesAndSeverities()
    {
        QSet<QByteArray> seen;
        int scenarios = 0;
        int warnings = 0;
        const QStringList archetypes = m_generator.archetypes();
        for (int seed = 0; scenarios < 1200; ++seed) {
            for (const QString &archetype : archetypes) {
                for (const Severity severity :
                     {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
                    const auto made = m_generator.makeFrom(
                        archetype, asking(QStringLiteral("x"), severity, seed));
                    QVERIFY(made);
                    ++scenarios;
                    const QList<QualityProblem> problems = made->problems();
                    for (const QualityProblem &problem : problems) {
                        QVERIFY2(problem.kind == QualityProblem::Kind::Warning,
                                 qPrintable(archetype + u' ' + toString(severity) + u' ' +
                                            QString::number(seed) + u": " + problem.message));
                        ++warnings;
                    }
                    QVERIFY2(storedSeverity(made->scenario.metrics) == severity,
                             qPrintable(archetype));
                    QVERIFY2(!made->scenario.description.contains(u"{{"), qPrintable(archetype));
                    const QByteArray content = contentOf(made->scenario);
                    QVERIFY2(!seen.contains(content), qPrintable(archetype));
                    seen.insert(content);
                }
            }
        }
        qInfo("%d scenarios, %d warnings", scenarios, warnings);
        QVERIFY2(warnings * 100 < scenarios, qPrintable(QString::number(warnings)));
    }

    void choosesByThePrompt_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("rootCause");
        QTest::newRow("certificate")
            << QStringLiteral("The TLS certificate has expired") << QStringLiteral("certificate");
        QTest::newRow("disk") << QStringLiteral("No space left on device, logs filled the disk")
                              << QStringLiteral("disk");
        QTest::newRow("deadlock") << QStringLiteral("Transactions deadlock in the database")
                                  << QStringLiteral("lock");
        QTest::newRow("dns") << QStringLiteral("DNS lookups fail with SERVFAIL")
                             << QStringLiteral("dns");
        QTest::newRow("replication") << QStringLiteral("Replication lag grows on the replica")
                                     << QStringLiteral("replication");
    }

    void choosesByThePrompt()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, rootCause);
        const auto made = m_generator.make(asking(prompt));
        QVERIFY2(made->scenario.rootCause.contains(rootCause),
                 qPrintable(made->scenario.rootCause));
    }

    void takesNumbersFromThePrompt()
    {
        const auto made = m_generator.make(
            asking(QStringLiteral("A campaign: cpu_usage_percent has gone from 45 to 98, and "
                                  "http_requests_per_second 3500 from 800."),
                   Severity::Critical));
        const Metric *cpu = metricOf(made->scenario, "cpu_usage_percent");
        QVERIFY(cpu);
        QCOMPARE(cpu->baseline, 45.0);
        QCOMPARE(cpu->value, 98.0);
        const Metric *requests = metricOf(made->scenario, "http_requests_per_second");
        QVERIFY(requests);
        QCOMPARE(requests->value, 3500.0);
        QVERIFY(!hasErrors(made->problems()));
    }

    void takesWhatThePromptSaysItStandsAt()
    {
        const QString prompts[]{
            QStringLiteral("The disk is 98 % full of logs, up from 55 %."),
            QStringLiteral("Logs fill the disk from 55 % on: disk_usage_percent is at 98."),
        };
        for (const QString &prompt : prompts) {
            for (qint64 seed = 0; seed < 5; ++seed) {
                const auto made = m_generator.make(asking(prompt, Severity::Critical, seed));
                const Metric *disk = metricOf(made->scenario, "disk_usage_percent");
                QVERIFY2(disk, qPrintable(prompt));
                QCOMPARE(disk->value, 98.0);
                QCOMPARE(disk->baseline, 55.0);
                QVERIFY(!hasErrors(made->problems()));
            }
        }
        // Another percentage is not the disk's.
        const auto made = m_generator.make(
            asking(QStringLiteral("The disk is 98 % full of logs, with an error rate of 5 %.")));
        QVERIFY(metricOf(made->scenario, "disk_usage_percent")->baseline != 5);
    }

    void everyShippedPromptGivesAScenarioWithoutErrors()
    {
        QStringList prompts;
        const PromptCollections collections = PromptCollections::standard();
        for (const PromptCollection &collection : collections.collections) {
            for (const CollectionPrompt &prompt : collection.prompts) {
                prompts.append(prompt.prompt);
            }
        }
        const auto timelines = DataPaths::timelines();
        for (const DataPaths::NamedTimeline &named : timelines) {
            const auto file = TimelineFile::load(named.path);
            for (const Incident &incident : file->timeline().incidents) {
                if (incident.type == IncidentType::LlmGenerated) {
                    prompts.append(incident.prompt);
                }
            }
        }
        QVERIFY(prompts.size() > 50);
        for (const QString &prompt : std::as_const(prompts)) {
            for (const Severity severity :
                 {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
                const auto made = m_generator.make(asking(prompt, severity));
                const QList<QualityProblem> problems = made->problems();
                for (const QualityProblem &problem : problems) {
                    QVERIFY2(problem.kind == QualityProblem::Kind::Warning,
                             qPrintable(prompt + u": " + problem.message));
                }
            }
        }
    }

    void saysThatItIsNoModel()
    {
        const auto made = m_generator.make(asking(QStringLiteral("anything")));
        QVERIFY(made->scenario.name.startsWith(u"[Offline] "));
        QCOMPARE(made->scenario.context.value(u"generated_by").toString(),
                 QStringLiteral("offline"));
        QCOMPARE(made->tokens, TokenCount());
    }

    void makesOnePartAnew()
    {
        const auto first = m_generator.make(asking(QStringLiteral("The disk is full")));
        auto again = asking(QStringLiteral("The disk is full"), Severity::High, 9);
        again.part = GenerationRequest::Part::Metrics;
        again.previous = first->scenario;
        again.previous->name = QStringLiteral("Mine");
        const auto second = m_generator.make(again);
        QCOMPARE(second->scenario.name, QStringLiteral("Mine"));
        QCOMPARE(second->scenario.description, first->scenario.description);
        QVERIFY(second->scenario.metrics != first->scenario.metrics);
    }

    void aJobAnswersOnceAndLater()
    {
        GenerationJob *job = m_generator.generate(asking(QStringLiteral("The disk is full")));
        QSignalSpy finished(job, &GenerationJob::finished);
        QVERIFY(finished.isEmpty());
        QVERIFY(finished.wait(1000));
        QVERIFY(finished.first().first().value<GenerationOutcome>());

        GenerationJob *stopped = m_generator.generate(asking(QStringLiteral("The disk is full")));
        QSignalSpy ended(stopped, &GenerationJob::finished);
        stopped->cancel();
        QCOMPARE(ended.size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(ended.size(), 1);
    }

private:
    OfflineGenerator m_generator;
};

QTEST_GUILESS_MAIN(TestOfflineGenerator)
#include "tst_offlinegenerator.moc"
