// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/llmgenerator.h"
#include "app/sandbox/sandboxserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using FailureKind = GenerationFailure::Kind;

/** Time as it is, but for waits of half a second and more, which take a moment. */
class HastyClock : public SystemClock
{
public:
    std::unique_ptr<ClockTimer> createTimer(Precision precision) override;

    /** The waits that were asked for and shortened, in milliseconds. */
    QList<qint64> waits;
};

/** Fires sooner than it is told to. */
class HastyTimer : public ClockTimer
{
public:
    HastyTimer(HastyClock &clock, std::unique_ptr<ClockTimer> real)
        : m_clock(clock)
        , m_real(std::move(real))
    {
        connect(m_real.get(), &ClockTimer::timeout, this, &ClockTimer::timeout);
    }
    void armAt(Instant deadline) override
    {
        const auto wait =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - m_clock.now());
        // Deadlines of calls are longer than any wait between them is, here.
        const bool isWait = wait.count() >= 300 && wait.count() < 9000;
        if (isWait) {
            m_clock.waits.append(wait.count());
        }
        m_real->armAt(isWait ? m_clock.now() + std::chrono::milliseconds(5) : deadline);
    }
    void disarm() override { m_real->disarm(); }
    bool isArmed() const override { return m_real->isArmed(); }

private:
    HastyClock &m_clock;
    std::unique_ptr<ClockTimer> m_real;
};

std::unique_ptr<ClockTimer> HastyClock::createTimer(Precision precision)
{
    return std::make_unique<HastyTimer>(*this, SystemClock::createTimer(precision));
}

/** Answers every request with the same bytes, and keeps what it was asked. */
class FixedServer : public QTcpServer
{
public:
    explicit FixedServer(QList<QByteArray> answers)
        : m_answers(std::move(answers))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            }
        });
    }
    static QByteArray http(int status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers +
               "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    QUrl base() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(serverPort())); }

    QList<QByteArray> requests;

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &bytes = m_unread[socket];
        bytes += socket->readAll();
        if (bytes.startsWith('\x16')) { // the first byte of TLS, which is not spoken here
            socket->write(http(400, "no TLS"));
            socket->disconnectFromHost();
            return;
        }
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        const qsizetype at = bytes.toLower().indexOf("content-length: ");
        const qsizetype length =
            at < 0 ? 0 : bytes.mid(at + 16, bytes.indexOf('\r', at) - at - 16).toLongLong();
        if (end < 0 || bytes.size() < end + 4 + length) {
            return;
        }
        requests.append(bytes);
        bytes.clear();
        socket->write(m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.first());
        socket->disconnectFromHost();
    }

    QList<QByteArray> m_answers;
    QHash<QTcpSocket *, QByteArray> m_unread;
};

/** An LLM generator against the sandbox's model, and what came of a job. */
class TestLlmGenerator : public QObject
{
    Q_OBJECT

private:
    HastyClock m_clock;
    int m_models = 0;

    std::unique_ptr<SandboxServer> sandbox(const QString &fault = {}, const QByteArray &key = {})
    {
        SandboxOptions options;
        options.llmKey = key;
        if (!fault.isEmpty()) {
            const Result<FaultPlan> plan = FaultPlan::parse(fault);
            if (!plan) {
                qFatal("no such fault: %s", qPrintable(fault));
            }
            options.faults = *plan;
        }
        auto server = std::make_unique<SandboxServer>(options, QList<Scenario>(), m_clock);
        if (!server->listen()) {
            qFatal("the sandbox cannot listen");
        }
        return server;
    }
    GeneratorProfile profile(const SandboxServer &server)
    {
        QFETCH_GLOBAL(QString, dialect);
        GeneratorProfile profile;
        profile.kind = *generatorKindFromString(dialect);
        profile.name = QStringLiteral("mine");
        profile.base = server.baseUrl().resolved(QUrl(QStringLiteral("/")));
        profile.base.setPath(profile.kind == GeneratorProfile::Kind::OpenAi ? QStringLiteral("/v1")
                                                                            : QString());
        // What endpoints take is remembered by model, and each test wants to begin anew.
        profile.model = QStringLiteral("model-%1").arg(++m_models);
        profile.key = "sk-secret-of-the-test";
        return profile;
    }
    static GenerationRequest request()
    {
        GenerationRequest wanted;
        wanted.prompt = QStringLiteral("A memory leak after a deployment\nkills pods.");
        wanted.service = QStringLiteral("cart-service");
        wanted.severity = Severity::High;
        wanted.seed = 7;
        return wanted;
    }

    struct Run
    {
        std::optional<GenerationOutcome> outcome;
        QStringList texts;
        QStringList notes;

        bool isMade() const { return outcome && outcome->has_value(); }
        bool failedWith(FailureKind kind) const
        {
            return outcome && !outcome->has_value() && outcome->error().kind == kind;
        }
        QString describe() const
        {
            const QString end = !outcome               ? QStringLiteral("nothing came")
                                : outcome->has_value() ? QStringLiteral("made")
                                                       : outcome->error().message;
            return notes.join(u'\n') + u'\n' + end;
        }
    };
    static Run run(LlmGenerator &generator, const GenerationRequest &wanted = request())
    {
        Run run;
        int ends = 0;
        GenerationJob *job = generator.generate(wanted);
        connect(job, &GenerationJob::textReceived,
                [&run](const QString &text) { run.texts.append(text); });
        connect(job, &GenerationJob::noted,
                [&run](const QString &sentence) { run.notes.append(sentence); });
        connect(job, &GenerationJob::finished, [&](const GenerationOutcome &outcome) {
            run.outcome = outcome;
            ++ends;
        });
        const QSignalSpy gone(job, &QObject::destroyed);
        if (ends != 0) {
            qFatal("finished before generate() returned");
        }
        if (!QTest::qWaitFor([&] { return !gone.isEmpty(); }, 20000) || ends != 1) {
            qFatal("finished %d times", ends);
        }
        return run;
    }
    static ConnectionReport tried(LlmGenerator &generator, QObject *context)
    {
        std::optional<ConnectionReport> report;
        generator.testConnection({context, [&](const ConnectionReport &said) { report = said; }});
        if (!QTest::qWaitFor([&] { return report.has_value(); }, 20000)) {
            qFatal("nothing was reported");
        }
        return *report;
    }

private Q_SLOTS:
    void initTestCase_data();
    void makesAScenario();
    void streamsItsText();
    void makesEveryPart();
    void retries_data();
    void retries();
    void givesUp_data();
    void givesUp();
    void waitsAsTold();
    void failsForGood_data();
    void failsForGood();
    void asksOnceMore_data();
    void asksOnceMore();
    void returnsTheBetterOfTwo();
    void isNotFooledTwice();
    void capsAnswers_data();
    void capsAnswers();
    void meetsItsDeadline();
    void remembersTheLadder();
    void cancelsInMidStream();
    void endsWithItsGenerator();
    void asksTheBudget();
    void keepsItsKey();
    void neverFollowsARedirect();
    void leavesOutWhatIsRefused_data();
    void leavesOutWhatIsRefused();
    void readsAFailedGeneration();
    void testsTheConnection();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TestLlmGenerator::initTestCase_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::newRow("openai") << "openai";
    QTest::newRow("anthropic") << "anthropic";
    QTest::newRow("ollama") << "ollama";
}

void TestLlmGenerator::makesAScenario()
{
    const auto server = sandbox();
    const GeneratorProfile its = profile(*server);
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    const Generation &generation = **made.outcome;
    QCOMPARE(generation.generator, QStringLiteral("mine"));
    QCOMPARE(generation.model, its.model);
    QCOMPARE(generation.attempts, 1);
    QCOMPARE(generation.repairs, QStringList());
    QVERIFY(generation.tokens.prompt > 0 && generation.tokens.completion > 0);
    const Scenario &scenario = generation.scenario;
    QVERIFY(scenario.name.startsWith(QStringLiteral("[LLM] ")));
    QCOMPARE(scenario.service, QStringLiteral("cart-service"));
    QVERIFY(scenario.severity == Severity::High);
    QVERIFY(!hasErrors(generation.problems()));
    QCOMPARE(scenario.context.value(QLatin1String("generated_by")).toString(),
             QStringLiteral("llm"));
    QCOMPARE(scenario.context.value(QLatin1String("generation_prompt")).toString(),
             request().prompt);
    QVERIFY(scenario.context.contains(QLatin1String("generated_at")));
    QCOMPARE(server->llmPosts(), 1);
}

void TestLlmGenerator::streamsItsText()
{
    const auto server = sandbox();
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QVERIFY2(made.texts.size() > 3, qPrintable(QString::number(made.texts.size())));
    for (qsizetype i = 1; i < made.texts.size(); ++i) {
        QVERIFY(made.texts[i].startsWith(made.texts[i - 1]));
    }
}

void TestLlmGenerator::makesEveryPart()
{
    const auto server = sandbox();
    LlmGenerator generator(profile(*server), m_clock);
    GenerationRequest wanted = request();
    wanted.previous = (*run(generator).outcome)->scenario;
    wanted.previous->name = QStringLiteral("Kept");
    wanted.previous->description = QStringLiteral("Replaced");
    wanted.part = GenerationRequest::Part::Description;
    const Run made = run(generator, wanted);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QCOMPARE((*made.outcome)->scenario.name, QStringLiteral("Kept"));
    QVERIFY((*made.outcome)->scenario.description != QStringLiteral("Replaced"));
    QCOMPARE((*made.outcome)->scenario.metrics, wanted.previous->metrics);
}

void TestLlmGenerator::retries_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    QTest::newRow("429 with Retry-After") << "llm_429:1" << 900 << 1000;
    QTest::newRow("429 without") << "llm_429_bare:1" << 375 << 500;
    QTest::newRow("529") << "llm_529:1" << 375 << 500;
    QTest::newRow("500") << "llm_500:1" << 375 << 500;
    QTest::newRow("cut") << "llm_cut:1" << 375 << 500;
}

void TestLlmGenerator::retries()
{
    QFETCH(QString, fault);
    QFETCH(int, least);
    QFETCH(int, most);
    const auto server = sandbox(fault);
    LlmGenerator generator(profile(*server), m_clock);
    m_clock.waits.clear();
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 2);
    QCOMPARE((*made.outcome)->attempts, 1);
    QCOMPARE(made.notes.size(), 1);
    QCOMPARE(m_clock.waits.size(), 1);
    QVERIFY2(m_clock.waits[0] >= least - 5 && m_clock.waits[0] <= most,
             qPrintable(QString::number(m_clock.waits[0])));
}

void TestLlmGenerator::givesUp_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("kind");
    QTest::newRow("429") << "llm_429:9" << int(FailureKind::RateLimited);
    QTest::newRow("529") << "llm_529:9" << int(FailureKind::Unreachable);
    QTest::newRow("cut") << "llm_cut:9" << int(FailureKind::Unreachable);
}

void TestLlmGenerator::givesUp()
{
    QFETCH(QString, fault);
    QFETCH(int, kind);
    const auto server = sandbox(fault);
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind(kind)), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 3);
    QCOMPARE(made.outcome->error().retryAfter.has_value(),
             FailureKind(kind) == FailureKind::RateLimited);
}

void TestLlmGenerator::waitsAsTold()
{
    QFETCH_GLOBAL(QString, dialect);
    // More than a minute is not waited for.
    FixedServer patient(
        {FixedServer::http(429, R"({"error":{"message":"later"}})", "Retry-After: 300\r\n")});
    auto server = sandbox();
    GeneratorProfile its = profile(*server);
    its.base = patient.base();
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind::RateLimited), qPrintable(made.describe()));
    QVERIFY(made.outcome->error().retryAfter == std::chrono::seconds(300));
    QCOMPARE(patient.requests.size(), 1);

    // Milliseconds count before seconds.
    FixedServer hasty({FixedServer::http(503, "", "Retry-After: 20\r\nRetry-After-Ms: 700\r\n")});
    its.base = hasty.base();
    LlmGenerator other(its, m_clock);
    m_clock.waits.clear();
    run(other);
    QCOMPARE(hasty.requests.size(), 3);
    QCOMPARE(m_clock.waits.size(), 2);
    QVERIFY(m_clock.waits[0] > 690 && m_clock.waits[0] <= 700);
}

void TestLlmGenerator::failsForGood_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    QTest::newRow("401") << "llm_unauthorized" << int(FailureKind::KeyRefused) << "key";
    QTest::newRow("404") << "llm_unknown_model" << int(FailureKind::Misused) << "knows no model";
    QTest::newRow("quota") << "llm_quota" << int(FailureKind::Quota) << "exhausted";
}

void TestLlmGenerator::failsForGood()
{
    QFETCH(QString, fault);
    QFETCH(int, kind);
    QFETCH(QString, word);
    const auto server = sandbox(fault);
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind(kind)), qPrintable(made.describe()));
    QVERIFY2(made.outcome->error().message.contains(word), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 1);
}

void TestLlmGenerator::asksOnceMore_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("invalid JSON") << "llm_invalid_json:1";
    QTest::newRow("wrong schema") << "llm_wrong_schema:1";
    QTest::newRow("broken rule") << "llm_rule_error:1";
    QTest::newRow("cut by length") << "llm_length:1";
}

void TestLlmGenerator::asksOnceMore()
{
    QFETCH(QString, fault);
    const auto server = sandbox(fault);
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 2);
    QCOMPARE((*made.outcome)->attempts, 2);
    QVERIFY(!hasErrors((*made.outcome)->problems()));
    QCOMPARE(made.notes.size(), 1);
    // The text begins anew with the second answer.
    bool beganAnew = false;
    for (qsizetype i = 1; i < made.texts.size(); ++i) {
        beganAnew = beganAnew || !made.texts[i].startsWith(made.texts[i - 1]);
    }
    QVERIFY(beganAnew);
}

void TestLlmGenerator::returnsTheBetterOfTwo()
{
    const auto server = sandbox(QStringLiteral("llm_rule_error:2"));
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 2);
    // A wrong sign has one right answer, which is put in its place, and said.
    QVERIFY(!hasErrors((*made.outcome)->problems()));
    QVERIFY(!(*made.outcome)->repairs.isEmpty());

    // One answer that has its faults, and then none at all.
    FaultPlan faults;
    faults.append(Fault::LlmRuleError);
    faults.append(Fault::LlmInvalidJson);
    faults.append(Fault::LlmRuleError);
    faults.append(Fault::LlmUnauthorized);
    server->addFaults(faults);
    for (int i = 0; i < 2; ++i) {
        const Run again = run(generator);
        QVERIFY2(again.isMade(), qPrintable(again.describe()));
        QVERIFY(!(*again.outcome)->repairs.isEmpty());
        QCOMPARE((*again.outcome)->attempts, 2);
    }
}

void TestLlmGenerator::isNotFooledTwice()
{
    const auto server = sandbox(QStringLiteral("llm_invalid_json:9"));
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind::Unusable), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 2);
    QCOMPARE(made.outcome->error().attempts, 2);
    QVERIFY(made.outcome->error().tokens.total() > 0);

    QFETCH_GLOBAL(QString, dialect);
    if (dialect != QLatin1String("ollama")) { // which has no word for it
        const auto decent = sandbox(QStringLiteral("llm_refusal:9"));
        LlmGenerator other(profile(*decent), m_clock);
        const Run refused = run(other);
        QVERIFY2(refused.failedWith(FailureKind::Refused), qPrintable(refused.describe()));
        QCOMPARE(decent->llmPosts(), 1);
    }
}

void TestLlmGenerator::capsAnswers_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("endless") << "llm_endless";
    QTest::newRow("huge") << "llm_huge";
}

void TestLlmGenerator::capsAnswers()
{
    QFETCH(QString, fault);
    const auto server = sandbox(fault);
    LlmGenerator generator(profile(*server), m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind::TooLarge), qPrintable(made.describe()));
    QCOMPARE(server->llmPosts(), 1);
}

void TestLlmGenerator::meetsItsDeadline()
{
    const auto server = sandbox(QStringLiteral("llm_silence"));
    GeneratorProfile its = profile(*server);
    its.deadline = std::chrono::milliseconds(290);
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind::Unreachable), qPrintable(made.describe()));
    // Not asked again; on a busy machine the first may not have been read when it is given up.
    QVERIFY(server->llmPosts() <= 1);
}

void TestLlmGenerator::remembersTheLadder()
{
    const auto server = sandbox(QStringLiteral("llm_no_schema"));
    const GeneratorProfile its = profile(*server);
    {
        LlmGenerator generator(its, m_clock);
        const Run made = run(generator);
        QVERIFY2(made.isMade(), qPrintable(made.describe()));
        QVERIFY(server->llmPosts() > 1);
        QCOMPARE(made.notes.size(), server->llmPosts() - 1);
        const int before = server->llmPosts();
        QVERIFY(run(generator).isMade());
        QCOMPARE(server->llmPosts(), before + 1);
    }
    const int before = server->llmPosts();
    LlmGenerator other(its, m_clock);
    QVERIFY(run(other).isMade());
    QCOMPARE(server->llmPosts(), before + 1);
}

void TestLlmGenerator::cancelsInMidStream()
{
    const auto server = sandbox();
    GenerationBudget budget;
    LlmGenerator generator(profile(*server), m_clock, &budget);
    GenerationJob *job = generator.generate(request());
    QList<GenerationOutcome> outcomes;
    int texts = 0;
    connect(job, &GenerationJob::textReceived, this, [&] {
        if (++texts == 2) {
            job->cancel();
            job->cancel();
        }
    });
    connect(job, &GenerationJob::finished, this,
            [&](const GenerationOutcome &outcome) { outcomes.append(outcome); });
    const QSignalSpy gone(job, &QObject::destroyed);
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(outcomes.size(), 1);
    QVERIFY(!outcomes[0] && outcomes[0].error().kind == FailureKind::Cancelled);
    QCOMPARE(texts, 2);
    QVERIFY(outcomes[0].error().tokens.total() > 0);
    QVERIFY(budget.spent == outcomes[0].error().tokens);
}

void TestLlmGenerator::endsWithItsGenerator()
{
    const auto server = sandbox();
    auto generator = std::make_unique<LlmGenerator>(profile(*server), m_clock);
    GenerationJob *job = generator->generate(request());
    const QSignalSpy finished(job, &GenerationJob::finished);
    const QSignalSpy text(job, &GenerationJob::textReceived);
    QTRY_VERIFY(!text.isEmpty());
    generator.reset();
    QVERIFY(finished.isEmpty());
}

void TestLlmGenerator::asksTheBudget()
{
    const auto server = sandbox();
    GenerationBudget budget;
    const GeneratorProfile its = profile(*server);
    LlmGenerator generator(its, m_clock, &budget);
    const Run made = run(generator);
    QVERIFY(made.isMade());
    QVERIFY(budget.spent == (*made.outcome)->tokens);

    budget.maximumTokens = budget.spent.total() + its.maximumTokens;
    const Run refused = run(generator);
    QVERIFY2(refused.failedWith(FailureKind::OverBudget), qPrintable(refused.describe()));
    QCOMPARE(server->llmPosts(), 1);

    // What is under way counts as well: there is room for one of these, not for two.
    budget.maximumTokens = budget.spent.total() + its.maximumTokens * 2 + 1000;
    QList<GenerationOutcome> outcomes;
    for (int i = 0; i < 2; ++i) {
        connect(generator.generate(request()), &GenerationJob::finished, this,
                [&](const GenerationOutcome &outcome) { outcomes.append(outcome); });
    }
    QTRY_COMPARE(outcomes.size(), 2);
    QVERIFY(!outcomes[0] && outcomes[0].error().kind == FailureKind::OverBudget);
    QVERIFY(outcomes[1].has_value());
}

void TestLlmGenerator::keepsItsKey()
{
    const auto server = sandbox(QString(), "sk-another-key");
    QFETCH_GLOBAL(QString, dialect);
    const GeneratorProfile its = profile(*server);
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    if (dialect != QLatin1String("ollama")) {
        QVERIFY2(made.failedWith(FailureKind::KeyRefused), qPrintable(made.describe()));
        QVERIFY(!made.describe().contains(QString::fromUtf8(its.key)));
    }

    // A server that quotes it.
    FixedServer parrot({FixedServer::http(
        400, R"({"error":{"message":"bad key sk-secret-of-the-test, sorry"}})")});
    GeneratorProfile quoted = its;
    quoted.base = parrot.base();
    LlmGenerator other(quoted, m_clock);
    const Run scrubbed = run(other);
    QVERIFY2(scrubbed.failedWith(FailureKind::Misused), qPrintable(scrubbed.describe()));
    QVERIFY(scrubbed.describe().contains(QStringLiteral("sorry")));
    QVERIFY(!scrubbed.describe().contains(QString::fromUtf8(its.key)));
    QVERIFY(parrot.requests.first().contains(its.key));
    QVERIFY(!tried(other, this).sentence.contains(QString::fromUtf8(its.key)));

    // In the clear to another machine; 192.0.2.0/24 is nobody's.
    GeneratorProfile open = its;
    open.base = QUrl(QStringLiteral("http://192.0.2.1/v1"));
    LlmGenerator far(open, m_clock);
    const Run kept = run(far);
    QVERIFY2(kept.failedWith(FailureKind::Misused), qPrintable(kept.describe()));
    QVERIFY(kept.describe().contains(QStringLiteral("in the clear")));

    GeneratorProfile broken = its;
    broken.key = "a\r\nX-Evil: 1";
    LlmGenerator injector(broken, m_clock);
    QVERIFY(run(injector).failedWith(FailureKind::Misused));
}

void TestLlmGenerator::neverFollowsARedirect()
{
    const auto elsewhere = sandbox();
    GeneratorProfile its = profile(*elsewhere);
    FixedServer redirecting(
        {FixedServer::http(307, "", "Location: " + its.base.toString().toUtf8() + "\r\n")});
    its.base = redirecting.base();
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    QVERIFY2(made.failedWith(FailureKind::Misused), qPrintable(made.describe()));
    QVERIFY(made.describe().contains(QStringLiteral("not followed")));
    QCOMPARE(elsewhere->connections(), 0);
}

void TestLlmGenerator::leavesOutWhatIsRefused_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("length cap")
        << QByteArray("Unrecognized request argument supplied: max_completion_tokens")
        << QByteArray("max_completion_tokens") << QByteArray("max_tokens");
    QTest::newRow("usage") << QByteArray("stream_options is not permitted")
                           << QByteArray("stream_options") << QByteArray("\"stream\":true");
    QTest::newRow("temperature") << QByteArray("'temperature' does not support 0.3")
                                 << QByteArray("\"temperature\":0.3") << QByteArray("seed");
    QTest::newRow("seed") << QByteArray("seed: extra inputs are not permitted")
                          << QByteArray("\"seed\":7") << QByteArray("temperature");
    QTest::newRow("stream") << QByteArray("stream is not supported")
                            << QByteArray("\"stream\":true") << QByteArray("temperature");
    QTest::newRow("strict") << QByteArray("response_format.json_schema.strict is unknown")
                            << QByteArray("\"strict\":true") << QByteArray("json_schema");
}

void TestLlmGenerator::leavesOutWhatIsRefused()
{
    QFETCH_GLOBAL(QString, dialect);
    if (dialect != QLatin1String("openai")) {
        QSKIP("Only compatible servers differ that much");
    }
    QFETCH(QByteArray, refusal);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    FixedServer server({FixedServer::http(400, "{\"error\":{\"message\":\"" + refusal + "\"}}"),
                        FixedServer::http(401, R"({"error":{"message":"enough"}})")});
    const auto any = sandbox();
    GeneratorProfile its = profile(*any);
    its.base = server.base();
    its.temperature = 0.3;
    LlmGenerator generator(its, m_clock);
    QVERIFY(run(generator).failedWith(FailureKind::KeyRefused));
    QCOMPARE(server.requests.size(), 2);
    QVERIFY(server.requests[0].contains(before));
    QVERIFY(!server.requests[1].contains(before));
    QVERIFY(server.requests[1].contains(after));
}

void TestLlmGenerator::readsAFailedGeneration()
{
    QFETCH_GLOBAL(QString, dialect);
    if (dialect != QLatin1String("openai")) {
        QSKIP("Groq speaks OpenAI's dialect");
    }
    const QJsonObject error{
        {QStringLiteral("message"), QStringLiteral("Failed to validate JSON")},
        {QStringLiteral("code"), QStringLiteral("json_validate_failed")},
        {QStringLiteral("failed_generation"),
         QStringLiteral(R"({"name":"n","description":"d","root_cause":"slow","severity":"high",
            "metrics":[{"metric_name":"http_request_duration_seconds_p95","value":5,"baseline":1,
            "deviation_sigma":4.5,"unit":"seconds"},],"context":[],"expected_action_types":["x"]})")}};
    FixedServer server(
        {FixedServer::http(400, QJsonDocument(QJsonObject{{QStringLiteral("error"), error}})
                                    .toJson(QJsonDocument::Compact))});
    const auto any = sandbox();
    GeneratorProfile its = profile(*any);
    its.base = server.base();
    LlmGenerator generator(its, m_clock);
    const Run made = run(generator);
    QVERIFY2(made.isMade(), qPrintable(made.describe()));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE((*made.outcome)->scenario.name, QStringLiteral("[LLM] n"));
}

void TestLlmGenerator::testsTheConnection()
{
    const auto server = sandbox();
    GeneratorProfile its = profile(*server);
    LlmGenerator generator(its, m_clock);
    const ConnectionReport report = tried(generator, this);
    QVERIFY2(report.works, qPrintable(report.sentence));
    QVERIFY(report.sentence.contains(its.model));

    const auto picky = sandbox(QStringLiteral("llm_unknown_model"));
    LlmGenerator other(profile(*picky), m_clock);
    const ConnectionReport unknown = tried(other, this);
    QVERIFY(!unknown.works);
    QVERIFY2(unknown.sentence.contains(QStringLiteral("sandbox-model")),
             qPrintable(unknown.sentence));

    // Nobody hears of it who is gone.
    auto context = std::make_unique<QObject>();
    generator.testConnection({context.get(), [](const ConnectionReport &) { qFatal("called"); }});
    context.reset();
    QTRY_COMPARE(server->llmPosts(), 2);
    QTest::qWait(20);
}

void TestLlmGenerator::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("kind");
    QTest::newRow("not an API") << FixedServer::http(200, "<html>Hello</html>")
                                << "not as an API of the kind" << int(FailureKind::Misused);
    QTest::newRow("wrong path") << FixedServer::http(404, "<html>Not here</html>")
                                << "There is nothing at" << int(FailureKind::Misused);
    QTest::newRow("403") << FixedServer::http(403, R"({"error":{"message":"no access"}})")
                         << "no access" << int(FailureKind::KeyRefused);
    QTest::newRow("402") << FixedServer::http(402, R"({"error":{"message":"pay"}})") << "exhausted"
                         << int(FailureKind::Quota);
    QTest::newRow("500") << FixedServer::http(500, "oops") << "in trouble"
                         << int(FailureKind::Unreachable);
    QTest::newRow("refused") << QByteArray() << "refused" << int(FailureKind::Unreachable);
    QTest::newRow("dns") << QByteArray("dns") << "no host" << int(FailureKind::Unreachable);
    QTest::newRow("tls") << QByteArray("tls") << "secure" << int(FailureKind::Unreachable);
}

void TestLlmGenerator::saysWhatIsWrong()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, word);
    QFETCH(int, kind);
    FixedServer server({answer});
    const auto any = sandbox();
    GeneratorProfile its = profile(*any);
    its.base = server.base();
    if (answer.isEmpty()) {
        server.close();
    } else if (answer == "dns") {
        its.base.setScheme(QStringLiteral("https"));
        its.base.setHost(QStringLiteral("no-such-host.invalid"));
    } else if (answer == "tls") {
        its.base.setScheme(QStringLiteral("https"));
    }
    LlmGenerator generator(its, m_clock);
    const ConnectionReport report = tried(generator, this);
    QVERIFY(!report.works);
    QVERIFY2(report.sentence.contains(word), qPrintable(report.sentence));
    QVERIFY2(report.failure == FailureKind(kind), qPrintable(report.sentence));

    QFETCH_GLOBAL(QString, dialect);
    if (dialect == QLatin1String("openai") && answer.startsWith("HTTP/1.1 404")) {
        GeneratorProfile bare = profile(*any);
        bare.base.setPath(QString());
        LlmGenerator other(bare, m_clock);
        const ConnectionReport found = tried(other, this);
        QVERIFY2(found.sentence.contains(QStringLiteral("/v1; use that")),
                 qPrintable(found.sentence));
    }
}

QTEST_GUILESS_MAIN(TestLlmGenerator)
#include "tst_llmgenerator.moc"
