// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsontext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

/** JSON is read strictly, with its places, and edited without a byte changing elsewhere. */
class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void namesWhatStandsThere_data();
    void namesWhatStandsThere();
    void readsValues();
    void pointersLeadBothWays();
    void placesCountCharacters();
    void replacesOneValue();
    void appendsMembers_data();
    void appendsMembers();
    void removesMembers_data();
    void removesMembers();
    void rearranges_data();
    void rearranges();
    void replacesOnlyWhatDiffers_data();
    void replacesOnlyWhatDiffers();
    void survivesDamage();
    void quotesWhatItReads();
};

void TestJsonText::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray texts[] = {
        "{}",
        "[]",
        "null",
        " true ",
        "-0",
        "0.5e-3",
        "1E+9",
        "\"\"",
        "\"\\u00e9\\ud83d\\ude00\\n\"",
        "[1, [2, [3]], {\"a\": {}}]",
        "// note\n{} // end",
        "/* a */ { /* b */ \"x\" /* c */ : /* d */ 1 /* e */ }",
        "[1 // one\n, 2]",
        "\xEF\xBB\xBF{}",
        "{\"a\":1}\r\n",
        "\"\xF0\x9F\x98\x80 \xC3\xA9\"",
        "\"\\ud800\"",
        "{\"\":0, \"a/b\":1, \"m~n\":2}",
        "123456789012345678901234567890",
        "1e999",
        "/**/1",
        "\"// no comment\"",
    };
    for (const QByteArray &text : texts) {
        QTest::newRow(text.constData()) << text;
    }
    QTest::newRow("64 deep") << QByteArray(64, '[') + QByteArray(64, ']');
}

void TestJsonText::accepts()
{
    QFETCH(QByteArray, text);
    const Result<JsonText> json = JsonText::parse(text);
    QVERIFY2(json.has_value(), qPrintable(json ? QString() : json.error().toString()));
    QCOMPARE(json->text(), text);
}

void TestJsonText::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const QByteArray &text, int line, int column,
                        const char *pointer) {
        QTest::newRow(name) << text << line << column << QString::fromLatin1(pointer);
    };
    row("empty", "", 1, 1, "");
    row("only blanks", " \n ", 2, 2, "");
    row("cut object", "{\"a\": 1", 1, 8, "");
    row("cut array", "{\"a\": [1, 2", 1, 12, "/a");
    row("cut string", "{\"a\": \"x", 1, 7, "/a");
    row("cut after colon", "{\"a\":", 1, 6, "");
    row("trailing comma in object", "{\"a\": 1,\n}", 2, 1, "");
    row("trailing comma in array", "[1,]", 1, 4, "");
    row("two commas", "[1,,2]", 1, 4, "");
    row("no comma", "{\"a\": 1 \"b\": 2}", 1, 9, "");
    row("no colon", "{\"a\" 1}", 1, 6, "");
    row("bare key", "{a: 1}", 1, 2, "");
    row("single quotes", "['a']", 1, 2, "");
    row("leading zero", "{\"a\": 01}", 1, 7, "/a");
    row("plus", "+1", 1, 1, "");
    row("point without digits", "[1.]", 1, 2, "/0");
    row("exponent without digits", "[0, 1e]", 1, 5, "/1");
    row("NaN", "[NaN]", 1, 2, "");
    row("Infinity", "[-Infinity]", 1, 2, "/0");
    row("True", "True", 1, 1, "");
    row("word with a tail", "[nulll]", 1, 6, "");
    row("text after the end", "{} {}", 1, 4, "");
    row("line break in text", "[\"a\nb\"]", 1, 4, "/0");
    row("control character", "[\"a\tb\"]", 1, 4, "/0");
    row("bad escape", "[\"\\x\"]", 1, 3, "/0");
    row("bad unicode escape", "[\"\\u12g4\"]", 1, 3, "/0");
    row("open comment", "[1] /* and", 1, 5, "");
    row("lone slash", "[1 / 2]", 1, 4, "");
    row("duplicate key", "{\"a\": 1, \"b\": {\"c\": 1,\n \"c\": 2}}", 2, 2, "/b");
    row("duplicate key by escape", "{\"a\": 1, \"\\u0061\": 2}", 1, 10, "");
    row("65 deep", QByteArray(65, '[') + QByteArray(65, ']'), 1, 65,
        "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/"
        "0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0");
    row("bad UTF-8", "{\"a\": \"\xC3\x28\"}", 1, 8, "");
    row("overlong UTF-8", "\"\xC0\xAF\"", 1, 2, "");
    row("UTF-8 surrogate", "\"\xED\xA0\x80\"", 1, 2, "");
    row("Latin-1 after an accent", "\"\xC3\xA9 \xE9\"", 1, 4, "");
    row("UTF-16", QByteArray("\xFF\xFE{\0}\0", 6), 1, 1, "");
}

void TestJsonText::refuses()
{
    QFETCH(QByteArray, text);
    const Result<JsonText> json = JsonText::parse(text);
    QVERIFY(!json.has_value());
    QVERIFY(json.error().message.endsWith(u'.') || json.error().message.endsWith(u'?'));
    QTEST(json.error().line, "line");
    QTEST(json.error().column, "column");
    QTEST(json.error().pointer, "pointer");
}

void TestJsonText::namesWhatStandsThere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &text, const char *says) {
        QTest::newRow(name) << text << QString::fromUtf8(says);
    };
    row("no-break space before a value",
        "{\"a\":\xC2\xA0"
        "1}",
        "There is U+00A0 (no-break space) here; use a plain space.");
    row("no-break space before a key", "{\n\xC2\xA0\"a\": 1}", "U+00A0 (no-break space)");
    row("no-break space behind a value", "[1\xC2\xA0, 2]", "U+00A0 (no-break space)");
    row("no-break space behind a key", "{\"a\"\xC2\xA0: 2}", "U+00A0 (no-break space)");
    row("zero-width space",
        "[\xE2\x80\x8B"
        "1]",
        "There is U+200B (zero-width space) here; delete it.");
    row("second byte order mark", "\xEF\xBB\xBF\xEF\xBB\xBF{}", "U+FEFF (byte order mark)");
    row("smart quotes around a key",
        "{\xE2\x80\x9C"
        "a\xE2\x80\x9D: 1}",
        "U+201C (left double quotation mark) here; JSON text needs plain double quotes");
    row("minus sign",
        "[\xE2\x88\x92"
        "5]",
        "There is U+2212 (minus sign) here; use -.");
    row("fullwidth colon", "{\"a\"\xEF\xBC\x9A 1}", "U+FF1A (fullwidth :) here; use :.");
    row("letter", "[\xC3\xBC]", "There is U+00FC (\u00FC) here, where a JSON value was expected.");
    row("fence", "```json\n{}\n```", "A code fence (```)");
    row("fence behind", "{}\n```\n", "A code fence (```)");
    row("hash comment", "# mine\n{}", "Comments begin with //");
    row("hash comment between members", "{\"a\": 1, # one\n\"b\": 2}", "Comments begin with //");
    row("NaN", "[NaN]", "JSON has no NaN");
    row("Infinity", "[-Infinity]", "JSON has no -Infinity");
    row("True", "[True]", "Write true in lower case, not True");
    row("None", "[None]", "JSON has no None; write null");
    row("undefined", "[undefined]", "JSON has no undefined; write null");
    row("word", "[pod_crash_loop]", "text needs double quotes");
    row("point first", "[.5]", "write 0.5");
    row("plus", "[+5]", "no + before it");
    row("decimal comma", "{\"a\": 1,5}", "a point before its decimals");
    row("single quotes", "['a']", "needs double quotes, not single quotes");
    row("key in single quotes", "{'a': 1}", "needs double quotes, not single quotes");
    row("null character behind", QByteArray("{}\0", 3), "U+0000 (null character)");
    row("Ctrl+Z behind", "{}\x1A", "U+001A (Ctrl+Z)");
    row("UTF-16 with a mark", QByteArray("\xFF\xFE{\0}\0", 6), "This is UTF-16 text");
    row("UTF-16", QByteArray("{\0\"\0a\0\"\0", 8), "This is UTF-16 text");
    row("big-endian UTF-16", QByteArray("\0{\0\"\0a\0\"", 8), "This is UTF-16 text");
    row("Latin-1", "[\"\xFC\"]", "the byte FC stands here, which is \u00FC in Latin-1");
}

void TestJsonText::namesWhatStandsThere()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const Result<JsonText> json = JsonText::parse(text);
    QVERIFY(!json.has_value());
    QVERIFY2(json.error().message.contains(says), qPrintable(json.error().message));
    QVERIFY(json.error().line > 0 && json.error().column > 0);
}

void TestJsonText::readsValues()
{
    const JsonText json = *JsonText::parse(
        R"({"s": "a\"\\\/\u00e9\ud83d\ude00\t", "n": -1.5e2, "i": 300.0, "big": 9007199254740993,
        "huge": 1e999, "t": true, "f": false, "o": {"k": [1, null]}, "\u0061b": 1})");
    const auto at = [&](const char *key) {
        return json.member(json.root(), QString::fromLatin1(key));
    };
    QCOMPARE(json.string(at("s")), QStringLiteral("a\"\\/é😀\t"));
    QCOMPARE(json.number(at("n")), -150.0);
    QCOMPARE(json.integer(at("i")), std::optional<qint64>(300));
    QCOMPARE(json.integer(at("big")), std::optional<qint64>(9007199254740993));
    QCOMPARE(json.integer(at("n")), std::optional<qint64>(-150));
    QCOMPARE(json.integer(at("huge")), std::nullopt);
    QVERIFY(std::isinf(json.number(at("huge"))));
    QVERIFY(json.boolean(at("t")) && !json.boolean(at("f")));
    QCOMPARE(json.childCount(at("o")), 1);
    QVERIFY(at("ab") != JsonText::None);
    QCOMPARE(at("none"), JsonText::None);
    QCOMPARE(json.toQt(at("o")).toObject(),
             QJsonDocument::fromJson(R"({"k": [1, null]})").object());
}

void TestJsonText::pointersLeadBothWays()
{
    const JsonText json = *JsonText::parse(R"({"a": [0, {"b/c": 1, "d~e": [true]}], "": 2})");
    for (const char *text :
         {"", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/1/d~0e", "/a/1/d~0e/0", "/"}) {
        const QString pointer = QString::fromLatin1(text);
        const JsonText::Node node = json.find(pointer);
        QVERIFY2(node != JsonText::None, text);
        QCOMPARE(json.pointer(node), pointer);
    }
    for (const char *text : {"/b", "/a/2", "/a/x", "/a/0/0"}) {
        QCOMPARE(json.find(QString::fromLatin1(text)), JsonText::None);
    }

    // A key may begin with a byte order mark, and is then not the key without it.
    const JsonText marked = *JsonText::parse("{\"\xef\xbb\xbfx\": 1, \"x\": 2}");
    const JsonText::Node first = marked.firstChild(marked.root());
    QCOMPARE(marked.key(first), QStringLiteral("\uFEFFx"));
    QCOMPARE(marked.find(marked.pointer(first)), first);
    QCOMPARE(marked.integer(marked.find(QStringLiteral("/x"))), 2);
}

void TestJsonText::placesCountCharacters()
{
    const JsonText json =
        *JsonText::parse("\xEF\xBB\xBF{\n  \"\xC3\xA9\xC3\xA9\": \"\xF0\x9F\x98\x80\", \"x\": 1 }");
    int line = 0;
    int column = 0;
    json.place(json.member(json.root(), u"x"), line, column);
    QCOMPARE(line, 2);
    QCOMPARE(column, 19);
    json.place(json.root(), line, column);
    QCOMPARE(column, 1);
}

void TestJsonText::replacesOneValue()
{
    const QByteArray text = "{ // first\n\t\"a\": 1.50,   /* b */ \"c\": [1,2 ,3]\r\n}";
    const JsonText json = *JsonText::parse(text);
    const QByteArray edited =
        JsonText::apply(text, json.replaceValue(json.find(QStringLiteral("/c/1")), "22"));
    QCOMPARE(edited, QByteArray("{ // first\n\t\"a\": 1.50,   /* b */ \"c\": [1,22 ,3]\r\n}"));
}

void TestJsonText::appendsMembers_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("one line") << QByteArray(R"({"a": 1})")
                              << QByteArray(R"({"a": 1, "x": 7, "y": true})");
    QTest::newRow("lines") << QByteArray("{\n    \"a\": 1\n}")
                           << QByteArray("{\n    \"a\": 1,\n    \"x\": 7,\n    \"y\": true\n}");
    QTest::newRow("a remark stays where it is")
        << QByteArray("{\n  \"a\": 1 // why\n}")
        << QByteArray("{\n  \"a\": 1, // why\n  \"x\": 7,\n  \"y\": true\n}");
    QTest::newRow("a remark on one line")
        << QByteArray("{ \"a\": 1 /* why */ }")
        << QByteArray("{ \"a\": 1 /* why */, \"x\": 7, \"y\": true }");
    QTest::newRow("a remark behind the only line")
        << QByteArray("{ \"a\": 1 // why\n}")
        << QByteArray("{ \"a\": 1, // why\n  \"x\": 7,\n  \"y\": true\n}");
    QTest::newRow("Windows") << QByteArray("{\r\n\t\"a\": 1 // why\r\n}\r\n")
                             << QByteArray("{\r\n\t\"a\": 1, // why\r\n\t\"x\": 7,\r\n\t\"y\": "
                                           "true\r\n}\r\n");
    QTest::newRow("above the last comment")
        << QByteArray("{\n  \"a\": 1\n\n  // the end\n}")
        << QByteArray("{\n  \"a\": 1,\n  \"x\": 7,\n  \"y\": true\n\n  // the end\n}");
    QTest::newRow("bracket on the last line")
        << QByteArray("{\n  \"a\": 1 }")
        << QByteArray("{\n  \"a\": 1,\n  \"x\": 7,\n  \"y\": true }");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray(R"({ "x": 7, "y": true })");
    QTest::newRow("empty with a comment")
        << QByteArray("{ // why\n}") << QByteArray("{ // why\n  \"x\": 7,\n  \"y\": true\n}");
    QTest::newRow("empty with a comment on a line")
        << QByteArray("{\n  // none yet\n}")
        << QByteArray("{\n  \"x\": 7,\n  \"y\": true\n  // none yet\n}");
    QTest::newRow("empty with a comment on its line")
        << QByteArray("{ /* none */ }")
        << QByteArray("{ /* none */\n  \"x\": 7,\n  \"y\": true\n}");
}

void TestJsonText::appendsMembers()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const JsonText json = *JsonText::parse(before);
    const QByteArray edited = JsonText::apply(
        before, json.changeMembers(json.root(), {},
                                   {{QStringLiteral("x"), "7"}, {QStringLiteral("y"), "true"}}));
    QVERIFY2(JsonText::parse(edited).has_value(), edited.constData());
    QCOMPARE(edited, after);
}

void TestJsonText::removesMembers_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *keys, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromLatin1(keys).split(u' ')
                            << QByteArray(after);
    };
    row("first", R"({"a": 1, "b": 2, "c": 3})", "a", R"({"b": 2, "c": 3})");
    row("middle", R"({"a": 1, "b": 2, "c": 3})", "b", R"({"a": 1, "c": 3})");
    row("last", R"({"a": 1, "b": 2, "c": 3})", "c", R"({"a": 1, "b": 2})");
    row("last two", R"({"a": 1, "b": 2, "c": 3})", "b c", R"({"a": 1})");
    row("all", R"({"a": 1, "b": 2})", "a b", "{}");
    row("lines", "{\n  \"a\": 1, // one\n  \"b\": 2\n}", "a", "{\n  \"b\": 2\n}");
    row("the last line, not the remark above", "{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "b",
        "{\n  \"a\": 1 // one\n}");
    row("not the remark below", "{\n  \"a\": 1,\n  // two\n  \"b\": 2\n}", "a",
        "{\n  // two\n  \"b\": 2\n}");
    row("with the lines above it", "{\n  \"a\": 1,\n  // b,\n  /* that is */\n  \"b\": 2\n}", "b",
        "{\n  \"a\": 1\n}");
    row("not what a blank line parts", "{\n  // all\n\n  \"a\": 1,\n\n  \"b\": 2\n}", "a",
        "{\n  // all\n\n\n  \"b\": 2\n}");
    row("not what stands at the end", "{\n  \"a\": 1,\n  \"b\": 2\n  // end\n}", "b",
        "{\n  \"a\": 1\n  // end\n}");
    row("beside others", "{ \"a\": 1 /* one */, /* two */ \"b\": 2, \"c\": 3 // three\n}", "b",
        "{ \"a\": 1 /* one */, \"c\": 3 // three\n}");
    row("commas first", "{ \"a\": 1 // one\n, \"b\": 2 // two\n, \"c\": 3\n}", "b",
        "{ \"a\": 1 // one\n, \"c\": 3\n}");
    row("Windows", "{\r\n  \"a\": 1,\r\n  \"b\": 2 // two\r\n}\r\n", "b",
        "{\r\n  \"a\": 1\r\n}\r\n");
}

void TestJsonText::removesMembers()
{
    QFETCH(QByteArray, before);
    QFETCH(QStringList, keys);
    QFETCH(QByteArray, after);
    const JsonText json = *JsonText::parse(before);
    QList<JsonText::Node> nodes;
    for (const QString &key : keys) {
        nodes.append(json.member(json.root(), key));
    }
    QCOMPARE(JsonText::apply(before, json.changeMembers(json.root(), nodes, {})), after);
}

void TestJsonText::rearranges_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("order"); // digits are old elements, + is a new one
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *order,
                        const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromLatin1(order)
                            << QByteArray(after);
    };
    row("append on one line", "[1, 2]", "01+", "[1, 2, 9]");
    row("into an empty one", "[]", "+", "[\n  9\n]");
    row("swap on one line", "[1, 2]", "10", "[2, 1]");
    row("remove the first", "[\n  1,\n  2\n]", "1", "[\n  2\n]");
    row("remove the last", "[\n  1,\n  2\n]", "0", "[\n  1\n]");
    row("remove all", "[\n  1,\n  2\n]", "", "[]");
    row("append with lines", "[\n  1,\n  2\n]", "01+", "[\n  1,\n  2,\n  9\n]");
    row("comments move along", "[ // list\n  // one\n  1, // uno\n  /* two */ 2 // due\n]", "10",
        "[ // list\n  /* two */ 2, // due\n  // one\n  1 // uno\n]");
    row("what a blank line parts stays", "[\n  // morning\n\n  1,\n  2,\n\n  // evening\n\n  3\n]",
        "120", "[\n  // morning\n\n  2,\n\n  // evening\n\n  3,\n  1\n]");
    row("a remark stays on its line", "[1, 2, // due\n 3]", "021", "[1, 3, 2 // due\n ]");
    row("a remark moves along", "[1, 2, // due\n 3]", "102", "[\n 2, // due\n 1,\n 3]");
    row("a new one between", "[\n  1, // uno\n  2\n]", "0+1", "[\n  1, // uno\n  9,\n  2\n]");
}

void TestJsonText::rearranges()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, order);
    QFETCH(QByteArray, after);
    const JsonText json = *JsonText::parse(before);
    QList<JsonText::Node> nodes;
    for (JsonText::Node n = json.firstChild(json.root()); n != JsonText::None;
         n = json.nextSibling(n)) {
        nodes.append(n);
    }
    QList<JsonText::Element> elements;
    for (const QChar c : std::as_const(order)) {
        elements.append(c == u'+' ? JsonText::Element{JsonText::None, {}, "9"}
                                  : JsonText::Element{nodes[c.digitValue()], {}, {}});
    }
    const QByteArray edited = JsonText::apply(before, json.rearrange(json.root(), elements));
    QVERIFY2(JsonText::parse(edited).has_value(), edited.constData());
    QCOMPARE(edited, after);
}

void TestJsonText::replacesOnlyWhatDiffers_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *value,
                        const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(value) << QByteArray(after);
    };
    row("the same, spelled otherwise", "{\"a\": 1.50, \"b\": [1e3]}", "{\"b\":[1000],\"a\":1.5}",
        "{\"a\": 1.50, \"b\": [1e3]}");
    row("one member", "{\"a\": 1.50, // one\n \"b\": 2}", "{\"a\":1.5,\"b\":3}",
        "{\"a\": 1.50, // one\n \"b\": 3}");
    row("a member deeper", "{\"a\": {\"x\": 1, /* y */ \"y\": 2.0}}", "{\"a\":{\"x\":3,\"y\":2}}",
        "{\"a\": {\"x\": 3, /* y */ \"y\": 2.0}}");
    row("members come and go", "{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "{\"b\":2,\"c\":3}",
        "{\n  \"b\": 2, // two\n  \"c\": 3\n}");
    row("all members", "{\n  // head\n\n  \"a\": 1 // one\n}", "{\"b\":2}",
        "{\n  \"b\": 2\n  // head\n\n}");
    row("an element", "[1.0, /* two */ 2, 3]", "[1,4,3]", "[1.0, /* two */ 4, 3]");
    row("elements by name", "[{\"name\": \"a\"}, /* b */ {\"name\": \"b\", \"v\": 1}]",
        "[{\"name\":\"b\",\"v\":2}]", "[/* b */ {\"name\": \"b\", \"v\": 2}]");
    row("another kind", "[1 /* one */]", "{\"a\": 1}", "{\"a\": 1}");
    row("lines on Windows", "{\r\n \"a\": 1\r\n}", "{\"a\": [\n 1\n]}",
        "{\r\n \"a\": [\r\n 1\r\n]\r\n}");
}

void TestJsonText::replacesOnlyWhatDiffers()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, value);
    const JsonText json = *JsonText::parse(before);
    const QByteArray edited = JsonText::apply(before, json.replaceValue(json.root(), value));
    const Result<JsonText> read = JsonText::parse(edited);
    const JsonText wanted = *JsonText::parse(value);
    QVERIFY2(read && read->toQt(read->root()) == wanted.toQt(wanted.root()), edited.constData());
    QTEST(edited, "after");
}

void TestJsonText::survivesDamage()
{
    // Whatever is cut out of or put into a good text: an answer, never a crash, and an accepted
    // text reads the same as Qt reads it (where it has no comments, which Qt does not know).
    QRandomGenerator random(20260312);
    const QByteArray good =
        R"({"name": "x\u00e9\n", "a": [1, -2.5e3, true, null, {"k": {}}], "b": {"c": "d"}})";
    const QByteArray alphabet = "{}[]\",:\\/*u0123456789.eE+-tfn \n\xC3\xA9\xFF";
    int accepted = 0;
    for (int round = 0; round < 20000; ++round) {
        QByteArray text = good;
        for (int k = random.bounded(1, 4); k > 0; --k) {
            const auto at = random.bounded(text.size());
            switch (random.bounded(3)) {
            case 0:
                text.remove(at, random.bounded(1, 6));
                break;
            case 1:
                text.insert(at, alphabet[random.bounded(int(alphabet.size()))]);
                break;
            default:
                text[at] = alphabet[random.bounded(int(alphabet.size()))];
                break;
            }
            if (text.isEmpty()) {
                text = " ";
            }
        }
        const Result<JsonText> json = JsonText::parse(text);
        if (!json) {
            QVERIFY(json.error().line >= 1 && json.error().column >= 1);
            continue;
        }
        ++accepted;
        QCOMPARE(json->text(), text);
        QJsonParseError error;
        const QJsonDocument qt = QJsonDocument::fromJson(text, &error);
        if (error.error == QJsonParseError::NoError && qt.isObject()) {
            QCOMPARE(json->toQt(json->root()).toObject(), qt.object());
        }
    }
    QVERIFY(accepted > 100);
}

void TestJsonText::quotesWhatItReads()
{
    const QString text = QStringLiteral("\"\\/\b\f\n\r\t\u0001é😀{{service}}");
    const JsonText json = *JsonText::parse(JsonText::quote(text));
    QCOMPARE(json.string(json.root()), text);
}

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
