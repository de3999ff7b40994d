// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/llmdialect.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using Kind = GeneratorProfile::Kind;

/** The dialects as functions of bytes. */
class TestLlmDialect : public QObject
{
    Q_OBJECT

private:
    static LlmAnswer readIn(Kind kind, const QByteArray &bytes, qsizetype step)
    {
        const auto stream = LlmDialect::of(kind)->stream();
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            stream->feed(bytes.mid(at, step));
        }
        stream->end();
        return stream->answer();
    }
    static QJsonObject bodyOf(Kind kind, const LlmShape &shape)
    {
        LlmAsk ask;
        ask.model = QStringLiteral("m");
        ask.prompt = PromptBuilder::prompt({});
        ask.schema = PromptBuilder::schema(GenerationRequest::Part::All);
        ask.maximumTokens = 123;
        return QJsonDocument::fromJson(LlmDialect::of(kind)->body(ask, shape)).object();
    }
    /** Every object closed, with all of its properties required; no word that strict modes refuse.
     */
    static bool isStrict(const QJsonValue &schema)
    {
        if (schema.isArray()) {
            const QJsonArray array = schema.toArray();
            return std::all_of(array.begin(), array.end(), isStrict);
        }
        const QJsonObject object = schema.toObject();
        for (const char *word : {"$ref", "minimum", "maximum", "pattern", "minItems", "maxItems"}) {
            if (object.contains(QLatin1String(word))) {
                return false;
            }
        }
        if (object.value(QLatin1String("type")).toString() == QLatin1String("object")) {
            const QStringList names = object.value(QLatin1String("properties")).toObject().keys();
            QStringList required;
            for (const QJsonValue name : object.value(QLatin1String("required")).toArray()) {
                required.append(name.toString());
            }
            required.sort();
            if (names.isEmpty() || names != required ||
                object.value(QLatin1String("additionalProperties")) != QJsonValue(false)) {
                return false;
            }
        }
        return std::all_of(object.begin(), object.end(), isStrict);
    }

private Q_SLOTS:
    void readsStreams_data();
    void readsStreams();
    void readsErrors_data();
    void readsErrors();
    void asksByRung();
    void hasAStrictSchema();
    void climbsDown_data();
    void climbsDown();
    void asksOnlyForThePart();
};

void TestLlmDialect::readsStreams_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("flags"); // complete, short, refused, foreign, error
    QTest::addColumn<qint64>("tokens");
    const auto row = [](const char *name, Kind kind, const QByteArray &bytes, const char *text,
                        const char *flags, qint64 tokens) {
        QTest::newRow(name) << int(kind) << bytes << QString::fromUtf8(text) << QByteArray(flags)
                            << tokens;
    };
    row("openai", Kind::OpenAi,
        ": comment\r\n\r\ndata: {\"model\":\"x\",\"choices\":[{\"delta\":{\"content\":\"Zä\"}}]}"
        "\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"hl\"},\"finish_reason\":\"stop\"}]}"
        "\n\ndata:{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
        "data: [DONE]\n\n",
        "Zähl", "complete", 5);
    row("openai without its last line end", Kind::OpenAi,
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}", "a",
        "complete short", 0);
    row("openai cut", Kind::OpenAi,
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {", "a", "", 0);
    row("openai refusal", Kind::OpenAi,
        "data: {\"choices\":[{\"delta\":{\"refusal\":\"no\"}}]}\n\ndata: [DONE]\n\n", "",
        "complete refused", 0);
    row("openai filtered", Kind::OpenAi,
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n", "",
        "complete refused", 0);
    row("openai error", Kind::OpenAi, "data: {\"error\":{\"message\":\"no\"}}\n\n", "", "error", 0);
    row("openai in one piece", Kind::OpenAi,
        "\n{\"choices\":[\n{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
        "\"finish_reason\":\"stop\"}],\n\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
        "a", "complete", 2);
    row("openai html", Kind::OpenAi, "<html>\n\nHello</html>", "", "foreign", 0);
    row("anthropic", Kind::Anthropic,
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"c\","
        "\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\nevent: ping\ndata: "
        "{\"type\":\"ping\"}\n\nevent: content_block_delta\ndata: {\"type\":"
        "\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}\n\nevent: "
        "message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
        "\"max_tokens\"},\"usage\":{\"output_tokens\":9}}\n\nevent: message_stop\ndata: "
        "{\"type\":\"message_stop\"}\n\n",
        "a", "complete short", 16);
    row("anthropic tool", Kind::Anthropic,
        "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":"
        "\"Well, \"}}\n\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":"
        "\"input_json_delta\",\"partial_json\":\"{}\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n",
        "{}", "complete", 0);
    row("anthropic overloaded", Kind::Anthropic,
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
        "\"message\":\"x\"}}\n\n",
        "", "error", 0);
    row("anthropic in one piece", Kind::Anthropic,
        "{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"input\":{\"a\":1}}],"
        "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}",
        "{\"a\":1}", "complete", 3);
    row("ollama", Kind::Ollama,
        "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"message\":{\"content\":\"b\"},"
        "\"done\":true,\"done_reason\":\"length\",\"prompt_eval_count\":4,\"eval_count\":1}\n",
        "ab", "complete short", 5);
    row("ollama error", Kind::Ollama,
        "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"out of memory\"}\n", "a",
        "error", 0);
    row("ollama over many lines", Kind::Ollama,
        "{\n\"message\": {\"content\": \"a\"},\n\"done\": true}\n", "a", "complete", 0);
    row("ollama of another kind", Kind::Ollama, "{\"hello\":1}\n", "", "foreign", 0);
    row("nothing", Kind::OpenAi, "", "", "foreign", 0);
}

void TestLlmDialect::readsStreams()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QFETCH(QByteArray, flags);
    QFETCH(qint64, tokens);
    for (const qsizetype step : {qsizetype(1), qsizetype(2), qsizetype(7), qsizetype(100000)}) {
        const LlmAnswer answer = readIn(Kind(kind), bytes, step);
        QCOMPARE(answer.text, text);
        QCOMPARE(answer.isComplete, flags.contains("complete"));
        QCOMPARE(answer.isCutShort, flags.contains("short"));
        QCOMPARE(answer.isRefused, flags.contains("refused"));
        QCOMPARE(!answer.isOwnForm, flags.contains("foreign"));
        QCOMPARE(answer.error.has_value(), flags.contains("error"));
        QCOMPARE(answer.tokens.total(), tokens);
    }
}

void TestLlmDialect::readsErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("flags"); // own, quota, model
    QTest::newRow("openai") << 429
                            << QByteArray(
                                   R"({"error":{"message":"Pay","code":"insufficient_quota"}})")
                            << "Pay" << QByteArray("own quota");
    QTest::newRow("openai rate") << 429 << QByteArray(R"({"error":{"message":"Slow","code":429}})")
                                 << "Slow" << QByteArray("own");
    QTest::newRow("anthropic") << 400
                               << QByteArray(R"({"type":"error","error":{"type":"x","message":)"
                                             R"("Your credit balance is too low"}})")
                               << "Your credit balance is too low" << QByteArray("own quota");
    QTest::newRow("a limit that names the billing page")
        << 429
        << QByteArray(R"({"error":{"message":"Limit reached, see settings/billing",)"
                      R"("type":"tokens","code":"rate_limit_exceeded"}})")
        << "Limit reached, see settings/billing" << QByteArray("own");
    QTest::newRow("anthropic model")
        << 404
        << QByteArray(R"({"type":"error","error":{"type":"not_found_error","message":"model: x"}})")
        << "model: x" << QByteArray("own model");
    QTest::newRow("ollama") << 404 << QByteArray(R"({"error":"model \"x\" not found"})")
                            << "model \"x\" not found" << QByteArray("own model");
    QTest::newRow("fastapi") << 422
                             << QByteArray(R"({"detail":[{"loc":["body","seed"],"msg":"no"}]})")
                             << "body.seed: no" << QByteArray();
    QTest::newRow("html") << 502 << QByteArray("<html>x</html>") << "" << QByteArray();
    QTest::newRow("text") << 500 << QByteArray("oops\n") << "oops" << QByteArray();
}

void TestLlmDialect::readsErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    QFETCH(QByteArray, flags);
    const LlmError error = LlmDialect::errorFrom(status, body);
    QCOMPARE(error.message, message);
    QCOMPARE(error.isOwnForm, flags.contains("own"));
    QCOMPARE(error.meansQuota(), flags.contains("quota"));
    QCOMPARE(error.meansUnknownModel(), flags.contains("model"));
}

void TestLlmDialect::asksByRung()
{
    LlmShape shape;
    QVERIFY(bodyOf(Kind::OpenAi, shape)[u"response_format"][u"json_schema"][u"strict"].toBool());
    QCOMPARE(bodyOf(Kind::OpenAi, shape)[u"max_completion_tokens"].toInt(), 123);
    QVERIFY(bodyOf(Kind::OpenAi, shape)[u"stream_options"][u"include_usage"].toBool());
    QVERIFY(!bodyOf(Kind::OpenAi, shape).contains(u"temperature"));
    QVERIFY(bodyOf(Kind::Anthropic, shape)[u"output_config"][u"format"][u"schema"].isObject());
    QVERIFY(bodyOf(Kind::Anthropic, shape)[u"system"].isString());
    QCOMPARE(bodyOf(Kind::Anthropic, shape)[u"max_tokens"].toInt(), 123);
    QVERIFY(bodyOf(Kind::Ollama, shape)[u"format"].isObject());
    QCOMPARE(bodyOf(Kind::Ollama, shape)[u"options"][u"num_predict"].toInt(), 123);
    shape.rung = 1;
    shape.otherLengthCap = true;
    shape.stream = false;
    QVERIFY(bodyOf(Kind::OpenAi, shape)[u"response_format"][u"json_schema"][u"schema"].isObject());
    QVERIFY(
        bodyOf(Kind::OpenAi, shape)[u"response_format"][u"json_schema"][u"strict"].isUndefined());
    QCOMPARE(bodyOf(Kind::OpenAi, shape)[u"max_tokens"].toInt(), 123);
    QVERIFY(!bodyOf(Kind::OpenAi, shape).contains(u"stream"));
    QCOMPARE(bodyOf(Kind::Anthropic, shape)[u"tool_choice"][u"name"],
             bodyOf(Kind::Anthropic, shape)[u"tools"][0][u"name"]);
    QCOMPARE(bodyOf(Kind::Ollama, shape)[u"format"].toString(), QStringLiteral("json"));
    QCOMPARE(bodyOf(Kind::Ollama, shape)[u"stream"], QJsonValue(false));
    shape.rung = 2;
    QCOMPARE(bodyOf(Kind::OpenAi, shape)[u"response_format"][u"type"].toString(),
             QStringLiteral("json_object"));
    // Which wants to see the word.
    QVERIFY(LlmPrompt(PromptBuilder::prompt({})).system.contains(QStringLiteral("JSON")));
    QVERIFY(!bodyOf(Kind::Anthropic, shape).contains(u"tools"));
    QVERIFY(!bodyOf(Kind::Ollama, shape).contains(u"format"));
    shape.rung = 3;
    QVERIFY(!bodyOf(Kind::OpenAi, shape).contains(u"response_format"));
}

void TestLlmDialect::hasAStrictSchema()
{
    using Part = GenerationRequest::Part;
    for (const Part part : {Part::All, Part::Name, Part::Description, Part::RootCause,
                            Part::Metrics, Part::Context, Part::Actions}) {
        QVERIFY(isStrict(PromptBuilder::schema(part)));
    }
    QVERIFY(!isStrict(QJsonObject{{QStringLiteral("type"), QStringLiteral("object")}}));
}

void TestLlmDialect::climbsDown_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("rung"); // -1: none to go to
    QTest::newRow("named") << 400 << "response_format is unknown" << 1;
    QTest::newRow("by 422") << 422 << "body.response_format: extra" << 1;
    QTest::newRow("by 404") << 404 << "json_schema is not there" << 1;
    QTest::newRow("something else") << 400 << "the prompt is too long" << -1;
    QTest::newRow("unknown model") << 404 << "The model json_schema-7b does not exist" << -1;
    QTest::newRow("500") << 500 << "response_format broke it" << -1;
    QTest::newRow("401") << 401 << "response_format" << -1;
}

void TestLlmDialect::climbsDown()
{
    QFETCH(int, status);
    QFETCH(QString, message);
    QFETCH(int, rung);
    LlmError error;
    error.status = status;
    error.message = message;
    const auto next = LlmDialect::of(Kind::OpenAi)->adapted({}, error);
    QCOMPARE(next ? next->rung : -1, rung);
    // It always ends.
    LlmShape shape;
    int steps = 0;
    for (auto to = next; to; to = LlmDialect::of(Kind::OpenAi)->adapted(shape, error)) {
        shape = *to;
        QVERIFY(++steps < 12);
    }
}

void TestLlmDialect::asksOnlyForThePart()
{
    GenerationRequest request;
    request.prompt = QStringLiteral("a leak");
    request.part = GenerationRequest::Part::Actions;
    request.previous = Scenario();
    request.previous->name = QStringLiteral("The one before");
    const QString text = PromptBuilder::prompt(request).messages.first().text;
    QVERIFY(text.contains(QStringLiteral("The one before")));
    QVERIFY(text.contains(QStringLiteral("expected_action_types")));
    const LlmPrompt again =
        PromptBuilder::promptAgain(request, QString(), {QStringLiteral("wrong sign")});
    QCOMPARE(again.messages.size(), 3);
    QVERIFY(again.messages[1].role == LlmMessage::Role::Assistant);
    QVERIFY(!again.messages[1].text.isEmpty());
    QVERIFY(again.messages[2].text.contains(QStringLiteral("wrong sign")));
    QVERIFY(again.tokensAtMost() > PromptBuilder::prompt(request).tokensAtMost());
}

QTEST_GUILESS_MAIN(TestLlmDialect)
#include "tst_llmdialect.moc"
