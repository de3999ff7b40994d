// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_set>

namespace {

/** The context of this file's words for translators. */
struct JsonWords
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/** The offset of the first byte that is no UTF-8, or -1. Overlong forms and surrogates are none. */
qsizetype firstBadUtf8(const QByteArray &text)
{
    const auto *data = reinterpret_cast<const uchar *>(text.constData());
    const qsizetype size = text.size();
    qsizetype i = 0;
    while (i < size) {
        const uchar c = data[i];
        if (c < 0x80) {
            ++i;
            continue;
        }
        const int length = c >= 0xC2 && c <= 0xDF   ? 2
                           : (c & 0xF0) == 0xE0     ? 3
                           : c >= 0xF0 && c <= 0xF4 ? 4
                                                    : 0;
        if (length == 0 || i + length > size) {
            return i;
        }
        const uchar second = data[i + 1];
        const bool secondFits = (c != 0xE0 || second >= 0xA0) && (c != 0xED || second <= 0x9F) &&
                                (c != 0xF0 || second >= 0x90) && (c != 0xF4 || second <= 0x8F);
        if (!secondFits) {
            return i;
        }
        for (int k = 1; k < length; ++k) {
            if ((data[i + k] & 0xC0) != 0x80) {
                return i;
            }
        }
        i += length;
    }
    return -1;
}

int hexValue(char c)
{
    return isDigit(c)             ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/** The text between the quotes of a JSON string that has been checked. */
QString unescape(QByteArrayView raw)
{
    if (!raw.contains('\\')) {
        return QString::fromUtf8(raw);
    }
    QString out;
    out.reserve(raw.size());
    qsizetype plain = 0;
    for (qsizetype i = 0; i < raw.size();) {
        if (raw[i] != '\\') {
            ++i;
            continue;
        }
        out += QString::fromUtf8(raw.sliced(plain, i - plain));
        const char c = raw[i + 1];
        i += 2;
        switch (c) {
        case 'b':
            out += u'\b';
            break;
        case 'f':
            out += u'\f';
            break;
        case 'n':
            out += u'\n';
            break;
        case 'r':
            out += u'\r';
            break;
        case 't':
            out += u'\t';
            break;
        case 'u': {
            ushort unit = 0;
            for (int k = 0; k < 4; ++k) {
                unit = static_cast<ushort>(unit * 16 + hexValue(raw[i + k]));
            }
            out += QChar(unit);
            i += 4;
            break;
        }
        default:
            out += QLatin1Char(c);
            break;
        }
        plain = i;
    }
    out += QString::fromUtf8(raw.sliced(plain));
    return out;
}

/** Past white space and comments that begin at `at`; an unclosed comment ends with the text. */
qsizetype skipTrivia(const QByteArray &text, qsizetype at)
{
    while (at < text.size()) {
        if (isSpace(text[at])) {
            ++at;
        } else if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '/') {
            const qsizetype end = text.indexOf('\n', at);
            at = end < 0 ? text.size() : end + 1;
        } else if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            const qsizetype end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return at;
}

/** Past blanks and comments that belong to the line on which `at` stands; before its line break. */
qsizetype endOfOwnLine(const QByteArray &text, qsizetype at)
{
    qsizetype end = at;
    while (at < text.size()) {
        const char c = text[at];
        if (c == ' ' || c == '\t' || c == '\r') {
            ++at;
        } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '/') {
            const qsizetype stop = text.indexOf('\n', at);
            return stop < 0 ? text.size() : stop;
        } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            const qsizetype stop = text.indexOf("*/", at + 2);
            if (stop < 0 || QByteArrayView(text).sliced(at, stop - at).contains('\n')) {
                return end;
            }
            at = end = stop + 2;
        } else {
            break;
        }
    }
    return end;
}

/** The blanks with which the line of `at` begins; empty where something else stands before it. */
QByteArray indentationAt(const QByteArray &text, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
        --begin;
    }
    return begin == 0 || text[begin - 1] == '\n' ? text.mid(begin, at - begin) : QByteArray();
}

bool beginsItsLine(const QByteArray &text, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
        --begin;
    }
    return begin > 0 && text[begin - 1] == '\n';
}

} // namespace

/** Reads the text once, iteratively, and fills the entries in the order of their values. */
class JsonText::Parser
{
public:
    explicit Parser(JsonText &json)
        : m_json(json)
        , m_text(json.m_text)
        , m_size(json.m_text.size())
    {}

    bool run()
    {
        if (m_text.startsWith("\xEF\xBB\xBF")) {
            m_at = 3;
        }
        if (!skip()) {
            return false;
        }
        if (m_at == m_size) {
            return error(JsonWords::tr("The file is empty; a JSON object was expected."));
        }
        if (!value(None, 0, 0)) {
            return false;
        }
        while (!m_open.empty()) {
            if (!step()) {
                return false;
            }
        }
        if (!skip()) {
            return false;
        }
        return m_at == m_size ||
               error(JsonWords::tr("Something stands after the end of the JSON value."));
    }

    const QString &message() const { return m_message; }
    qsizetype at() const { return m_at; }
    /** The container being read, for the pointer of an error. */
    Node container() const { return m_open.empty() ? None : m_open.back().node; }
    Node lastNode() const { return m_errorNode; }

private:
    struct Open
    {
        Node node = None;
        Node last = None;
        std::unordered_set<std::string_view> keys; // only for objects with many members
        int members = 0;
    };

    bool error(const QString &message)
    {
        m_message = message;
        return false;
    }

    bool skip()
    {
        const qsizetype from = m_at;
        m_at = skipTrivia(m_text, m_at);
        // A comment that is never closed swallows the text up to its end.
        if (m_at == m_size && m_size > 0 && from < m_size) {
            return closedComments(from);
        }
        return true;
    }

    bool closedComments(qsizetype from)
    {
        for (qsizetype i = from; i < m_size;) {
            if (m_text[i] == '/' && i + 1 < m_size && m_text[i + 1] == '*') {
                const qsizetype end = m_text.indexOf("*/", i + 2);
                if (end < 0) {
                    m_at = i;
                    return error(
                        JsonWords::tr("A comment that begins here is never closed with */."));
                }
                i = end + 2;
            } else if (m_text[i] == '/' && i + 1 < m_size && m_text[i + 1] == '/') {
                const qsizetype end = m_text.indexOf('\n', i);
                i = end < 0 ? m_size : end + 1;
            } else {
                ++i;
            }
        }
        return true;
    }

    Node add(Kind kind, Node parent, quint32 keyBegin, quint32 keyEnd)
    {
        const Node node = static_cast<Node>(m_json.m_nodes.size());
        Entry entry;
        entry.begin = static_cast<quint32>(m_at);
        entry.keyBegin = keyBegin;
        entry.keyEnd = keyEnd;
        entry.parent = parent;
        entry.kind = kind;
        m_json.m_nodes.push_back(entry);
        if (!m_open.empty()) {
            Open &open = m_open.back();
            if (open.last == None) {
                m_json.m_nodes[open.node].firstChild = node;
            } else {
                m_json.m_nodes[open.last].nextSibling = node;
            }
            open.last = node;
        }
        return node;
    }

    bool value(Node parent, quint32 keyBegin, quint32 keyEnd)
    {
        const char c = m_text[m_at];
        Node node = None;
        if (c == '{' || c == '[') {
            if (m_open.size() >= MaximumDepth) {
                return error(JsonWords::tr("Values are nested more than 64 deep here."));
            }
            node = add(c == '{' ? Kind::Object : Kind::Array, parent, keyBegin, keyEnd);
            m_open.push_back({node, None, {}, 0});
            ++m_at;
            m_fresh = true;
            return true;
        }
        if (c == '"') {
            node = add(Kind::String, parent, keyBegin, keyEnd);
            if (!string()) {
                return false;
            }
        } else if (c == '-' || isDigit(c)) {
            node = add(Kind::Number, parent, keyBegin, keyEnd);
            if (!number()) {
                return false;
            }
        } else if (word("true") || word("false")) {
            node = add(Kind::Boolean, parent, keyBegin, keyEnd);
            m_at += c == 't' ? 4 : 5;
        } else if (word("null")) {
            node = add(Kind::Null, parent, keyBegin, keyEnd);
            m_at += 4;
        } else if (c == '\'') {
            return error(
                JsonWords::tr("Text stands in double quotes in JSON, not in single ones."));
        } else if (c == '}' || c == ']') {
            return error(JsonWords::tr(
                "A value is missing before this bracket; a comma too many, perhaps."));
        } else {
            return error(JsonWords::tr("A JSON value was expected here."));
        }
        m_json.m_nodes[node].end = static_cast<quint32>(m_at);
        return true;
    }

    bool word(const char *text) const
    {
        return QByteArrayView(m_text).sliced(m_at).startsWith(text);
    }

    bool string()
    {
        const qsizetype begin = m_at++;
        while (m_at < m_size) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (static_cast<uchar>(c) < 0x20) {
                return error(
                    c == '\n' ? JsonWords::tr("A text is not closed before the end of its line.")
                              : JsonWords::tr(
                                    "A control character stands in a text; write it as \\u00XX."));
            }
            if (c != '\\') {
                ++m_at;
                continue;
            }
            const char escaped = m_at + 1 < m_size ? m_text[m_at + 1] : '\0';
            if (escaped == 'u') {
                for (int k = 2; k < 6; ++k) {
                    if (m_at + k >= m_size || hexValue(m_text[m_at + k]) < 0) {
                        return error(
                            JsonWords::tr("\\u is not followed by four hexadecimal digits."));
                    }
                }
                m_at += 6;
            } else if (escaped != '\0' && QByteArrayView("\"\\/bfnrt").contains(escaped)) {
                m_at += 2;
            } else {
                return error(
                    JsonWords::tr("A backslash is followed by a sign that JSON does not know."));
            }
        }
        m_at = begin;
        return error(JsonWords::tr("A text that begins here is never closed."));
    }

    bool digits()
    {
        const qsizetype begin = m_at;
        while (m_at < m_size && isDigit(m_text[m_at])) {
            ++m_at;
        }
        return m_at > begin;
    }

    bool number()
    {
        const QString message = JsonWords::tr("This is not a number as JSON writes it.");
        const qsizetype begin = m_at;
        const auto refuse = [&] {
            m_at = begin;
            return error(message);
        };
        if (m_text[m_at] == '-') {
            ++m_at;
        }
        const bool zero = m_at < m_size && m_text[m_at] == '0';
        const qsizetype whole = m_at;
        if (!digits() || (zero && m_at - whole > 1)) {
            return refuse();
        }
        if (m_at < m_size && m_text[m_at] == '.') {
            ++m_at;
            if (!digits()) {
                return refuse();
            }
        }
        if (m_at < m_size && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
            ++m_at;
            if (m_at < m_size && (m_text[m_at] == '+' || m_text[m_at] == '-')) {
                ++m_at;
            }
            if (!digits()) {
                return refuse();
            }
        }
        return true;
    }

    bool isKeyNew(Open &open, quint32 keyBegin, quint32 keyEnd)
    {
        // Few members: compare with each; many: a set of the keys as they are spelled. An escape
        // may hide an equal key, so those are compared unescaped.
        constexpr int Many = 12;
        const auto raw = [this](quint32 begin, quint32 end) {
            return std::string_view(m_text.constData() + begin, end - begin);
        };
        const std::string_view key = raw(keyBegin, keyEnd);
        ++open.members;
        if (key.find('\\') == std::string_view::npos && open.members > Many) {
            if (open.keys.empty()) {
                for (Node n = m_json.m_nodes[open.node].firstChild; n != None;
                     n = m_json.m_nodes[n].nextSibling) {
                    const Entry &entry = m_json.m_nodes[n];
                    const QByteArray plain =
                        unescape(QByteArrayView(m_text).sliced(entry.keyBegin,
                                                               entry.keyEnd - entry.keyBegin))
                            .toUtf8();
                    if (std::string_view(plain.constData(), static_cast<size_t>(plain.size())) ==
                        key) {
                        return false;
                    }
                    open.keys.insert(raw(entry.keyBegin, entry.keyEnd));
                }
            }
            return open.keys.insert(key).second;
        }
        const QString plain =
            unescape(QByteArrayView(key.data(), static_cast<qsizetype>(key.size())));
        for (Node n = m_json.m_nodes[open.node].firstChild; n != None;
             n = m_json.m_nodes[n].nextSibling) {
            const Entry &entry = m_json.m_nodes[n];
            if (raw(entry.keyBegin, entry.keyEnd) == key || m_json.key(n) == plain) {
                return false;
            }
        }
        if (!open.keys.empty()) {
            open.keys.insert(key);
        }
        return true;
    }

    /** One member or element, or the closing bracket, of the innermost container. */
    bool step()
    {
        if (!skip()) {
            return false;
        }
        const Node node = m_open.back().node;
        const bool isObject = m_json.m_nodes[node].kind == Kind::Object;
        const char closing = isObject ? '}' : ']';
        if (m_at == m_size) {
            return error(isObject ? JsonWords::tr("The file ends before a { is closed with }.")
                                  : JsonWords::tr("The file ends before a [ is closed with ]."));
        }
        if (m_text[m_at] == closing && (m_fresh || !m_afterComma)) {
            ++m_at;
            m_json.m_nodes[node].end = static_cast<quint32>(m_at);
            m_open.pop_back();
            m_fresh = false;
            m_afterComma = false;
            return true;
        }
        if (!m_fresh && !m_afterComma) {
            if (m_text[m_at] != ',') {
                return error(isObject ? JsonWords::tr("A comma or } was expected here.")
                                      : JsonWords::tr("A comma or ] was expected here."));
            }
            ++m_at;
            m_afterComma = true;
            return true;
        }
        m_fresh = false;
        m_afterComma = false;
        quint32 keyBegin = 0;
        quint32 keyEnd = 0;
        if (isObject) {
            if (m_text[m_at] == '}') {
                return error(JsonWords::tr("There is a comma too many before this }."));
            }
            if (m_text[m_at] != '"') {
                return error(JsonWords::tr("A key in double quotes was expected here."));
            }
            const qsizetype keyStart = m_at;
            if (!string()) {
                return false;
            }
            keyBegin = static_cast<quint32>(keyStart + 1);
            keyEnd = static_cast<quint32>(m_at - 1);
            if (!isKeyNew(m_open.back(), keyBegin, keyEnd)) {
                m_at = keyStart;
                return error(
                    JsonWords::tr("The key %1 stands twice in this object; which one is meant?")
                        .arg(u'"' +
                             unescape(QByteArrayView(m_text).sliced(keyBegin, keyEnd - keyBegin)) +
                             u'"'));
            }
            if (!skip()) {
                return false;
            }
            if (m_at == m_size || m_text[m_at] != ':') {
                return error(JsonWords::tr("A colon was expected after the key."));
            }
            ++m_at;
            if (!skip()) {
                return false;
            }
            if (m_at == m_size) {
                return error(JsonWords::tr("The file ends where a value was expected."));
            }
        }
        const size_t before = m_json.m_nodes.size();
        const bool good = value(node, keyBegin, keyEnd);
        if (!good && m_json.m_nodes.size() > before) {
            m_errorNode = static_cast<Node>(before);
        }
        return good;
    }

    JsonText &m_json;
    const QByteArray &m_text;
    qsizetype m_size;
    qsizetype m_at = 0;
    std::vector<Open> m_open;
    bool m_fresh = false;      // just behind an opening bracket
    bool m_afterComma = false; // just behind a comma
    QString m_message;
    Node m_errorNode = None;
};

namespace {

void placeAt(const QByteArray &text, qsizetype at, int &line, int &column)
{
    at = std::min(at, text.size());
    const QByteArrayView before = QByteArrayView(text).first(at);
    line = 1 + static_cast<int>(before.count('\n'));
    qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    if (lineBegin == 0 && text.startsWith("\xEF\xBB\xBF")) {
        lineBegin = std::min<qsizetype>(3, at);
    }
    column = 1;
    for (qsizetype i = lineBegin; i < at; ++i) {
        column += (static_cast<uchar>(text[i]) & 0xC0) != 0x80 ? 1 : 0;
    }
}

} // namespace

JsonText::JsonText()
    : m_text("null")
{
    Entry entry;
    entry.end = 4;
    m_nodes.push_back(entry);
}

Result<JsonText> JsonText::parse(const QByteArray &text)
{
    JsonText json;
    json.m_nodes.clear();
    json.m_text = text;
    Error error;
    if (static_cast<quint64>(text.size()) >= std::numeric_limits<quint32>::max()) {
        return fail(JsonWords::tr("The text is larger than 4 GB."));
    }
    const qsizetype bad = firstBadUtf8(text);
    if (bad >= 0) {
        error.message = JsonWords::tr("This is not UTF-8 text; save the file as UTF-8.");
        placeAt(text, bad, error.line, error.column);
        return tl::make_unexpected(error);
    }
    json.m_nodes.reserve(static_cast<size_t>(text.size() / 24 + 16));
    Parser parser(json);
    if (!parser.run()) {
        error.message = parser.message();
        placeAt(text, parser.at(), error.line, error.column);
        const Node node = parser.lastNode() != None ? parser.lastNode() : parser.container();
        error.pointer = node == None ? QString() : json.pointer(node);
        return tl::make_unexpected(error);
    }
    json.m_nodes.shrink_to_fit();
    return json;
}

int JsonText::childCount(Node node) const
{
    int count = 0;
    for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
        ++count;
    }
    return count;
}

JsonText::Node JsonText::member(Node object, QStringView key) const
{
    if (object == None || kind(object) != Kind::Object) {
        return None;
    }
    const QByteArray wanted = key.toUtf8();
    for (Node child = firstChild(object); child != None; child = nextSibling(child)) {
        const Entry &entry = m_nodes[child];
        const QByteArrayView raw =
            QByteArrayView(m_text).sliced(entry.keyBegin, entry.keyEnd - entry.keyBegin);
        if (raw == wanted || (raw.contains('\\') && unescape(raw) == key)) {
            return child;
        }
    }
    return None;
}

QString JsonText::key(Node node) const
{
    const Entry &entry = m_nodes[node];
    return unescape(QByteArrayView(m_text).sliced(entry.keyBegin, entry.keyEnd - entry.keyBegin));
}

QByteArrayView JsonText::spelling(Node node) const
{
    const Entry &entry = m_nodes[node];
    return QByteArrayView(m_text).sliced(entry.begin, entry.end - entry.begin);
}

QString JsonText::string(Node node) const
{
    if (node == None || kind(node) != Kind::String) {
        return {};
    }
    const QByteArrayView raw = spelling(node);
    return unescape(raw.sliced(1, raw.size() - 2));
}

double JsonText::number(Node node) const
{
    const QByteArrayView raw = spelling(node);
    double value = 0;
    const auto result = std::from_chars(raw.begin(), raw.end(), value);
    if (result.ec == std::errc::result_out_of_range) {
        // Too large or too small: from_chars leaves the value alone, and says not which.
        const QByteArray text = raw.toByteArray();
        return std::strtod(text.constData(), nullptr);
    }
    return value;
}

bool JsonText::boolean(Node node) const
{
    return spelling(node) == "true";
}

std::optional<qint64> JsonText::integer(Node node) const
{
    const QByteArrayView raw = spelling(node);
    qint64 whole = 0;
    const auto result = std::from_chars(raw.begin(), raw.end(), whole);
    if (result.ec == std::errc() && result.ptr == raw.end()) {
        return whole;
    }
    const double value = number(node);
    constexpr double Exact = 9007199254740992.0; // beyond 2^53 a double no longer tells which
    if (std::isfinite(value) && std::abs(value) <= Exact && value == std::trunc(value)) {
        return static_cast<qint64>(value);
    }
    return std::nullopt;
}

QJsonValue JsonText::toQt(Node node) const
{
    switch (kind(node)) {
    case Kind::Null:
        return QJsonValue::Null;
    case Kind::Boolean:
        return boolean(node);
    case Kind::Number: {
        const std::optional<qint64> whole = integer(node);
        return whole ? QJsonValue(*whole) : QJsonValue(number(node));
    }
    case Kind::String:
        return string(node);
    case Kind::Array: {
        QJsonArray array;
        for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
            array.append(toQt(child));
        }
        return array;
    }
    case Kind::Object: {
        QJsonObject object;
        for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
            object.insert(key(child), toQt(child));
        }
        return object;
    }
    }
    return {};
}

QString JsonText::pointer(Node node) const
{
    QString out;
    while (m_nodes[node].parent != None) {
        const Node parent = m_nodes[node].parent;
        QString part;
        if (kind(parent) == Kind::Object) {
            part = key(node);
            part.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
        } else {
            int index = 0;
            for (Node child = firstChild(parent); child != node; child = nextSibling(child)) {
                ++index;
            }
            part = QString::number(index);
        }
        out.prepend(u'/' + part);
        node = parent;
    }
    return out;
}

JsonText::Node JsonText::find(const QString &pointer) const
{
    Node node = root();
    const QStringList parts = pointer.split(u'/');
    for (qsizetype i = 1; i < parts.size() && node != None; ++i) {
        QString part = parts[i];
        part.replace(QStringLiteral("~1"), QStringLiteral("/"))
            .replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (kind(node) == Kind::Array) {
            bool isIndex = false;
            int index = part.toInt(&isIndex);
            Node child = isIndex ? firstChild(node) : None;
            while (child != None && index-- > 0) {
                child = nextSibling(child);
            }
            node = child;
        } else {
            node = member(node, part);
        }
    }
    return node;
}

void JsonText::place(Node node, int &line, int &column) const
{
    placeAt(m_text, m_nodes[node].begin, line, column);
}

Error JsonText::errorAt(Node node, const QString &message) const
{
    Error error{message, 0, 0, pointer(node)};
    place(node, error.line, error.column);
    return error;
}

QByteArray JsonText::indentation(Node node) const
{
    const Entry &entry = m_nodes[node];
    const bool isMember = entry.parent != None && kind(entry.parent) == Kind::Object;
    return indentationAt(m_text, isMember ? entry.keyBegin - 1 : entry.begin);
}

JsonText::Edit JsonText::replaceValue(Node node, const QByteArray &value) const
{
    return {m_nodes[node].begin, m_nodes[node].end, value};
}

JsonText::Edit JsonText::appendMembers(Node object,
                                       const QList<std::pair<QString, QByteArray>> &members) const
{
    Node last = None;
    for (Node child = firstChild(object); child != None; child = nextSibling(child)) {
        last = child;
    }
    if (last == None) {
        QByteArray inside;
        for (const auto &[key, value] : members) {
            inside += (inside.isEmpty() ? " " : ", ") + quote(key) + ": " + value;
        }
        // What stands between the brackets are blanks and comments; they stay before the members.
        const qsizetype end = m_nodes[object].end - 1;
        qsizetype begin = end;
        while (begin > m_nodes[object].begin + 1 && isSpace(m_text[begin - 1])) {
            --begin;
        }
        const bool onlySpace = begin == m_nodes[object].begin + 1;
        return {onlySpace ? begin : end, end, inside + ' '};
    }
    const qsizetype keyPlace = m_nodes[last].keyBegin - 1;
    const bool ownLine = beginsItsLine(m_text, keyPlace);
    const QByteArray between =
        ownLine ? QByteArray("\n") + indentationAt(m_text, keyPlace) : QByteArray(" ");
    QByteArray out;
    for (const auto &[key, value] : members) {
        out += ',' + between + quote(key) + ": " + value;
    }
    return {m_nodes[last].end, m_nodes[last].end, out};
}

QList<JsonText::Edit> JsonText::removeMembers(Node object, const QList<Node> &members) const
{
    // Runs of removed members are taken out together, each with the comma that parted it from what
    // stays: the one behind it, or for a run at the end the one before it.
    QList<Edit> edits;
    Node kept = None;
    for (Node child = firstChild(object); child != None;) {
        if (!members.contains(child)) {
            kept = child;
            child = nextSibling(child);
            continue;
        }
        const Node first = child;
        Node last = child;
        while (nextSibling(last) != None && members.contains(nextSibling(last))) {
            last = nextSibling(last);
        }
        const Node next = nextSibling(last);
        if (next != None) {
            edits.append({m_nodes[first].keyBegin - 1, m_nodes[next].keyBegin - 1, {}});
        } else if (kept != None) {
            edits.append({m_nodes[kept].end, endOfOwnLine(m_text, m_nodes[last].end), {}});
        } else {
            edits.append(
                {m_nodes[first].keyBegin - 1, endOfOwnLine(m_text, m_nodes[last].end), {}});
        }
        child = next;
    }
    return edits;
}

JsonText::Edit JsonText::rearrange(Node array, const QList<Element> &elements) const
{
    // The array is cut into chunks. A chunk is what stands before an element (blanks, comments on
    // lines of their own), the element, and the comments that follow on its line, before or behind
    // its comma. Chunks move whole; only commas are laid anew.
    struct Chunk
    {
        QByteArray before;
        QByteArray beside; // between the value and its comma
        QByteArray behind; // between its comma and the end of its line
    };
    const qsizetype open = m_nodes[array].begin + 1;
    const qsizetype close = m_nodes[array].end - 1;
    std::vector<std::pair<Node, Chunk>> chunks;
    qsizetype at = open;
    QByteArray head; // beside the opening bracket
    {
        const qsizetype own = endOfOwnLine(m_text, open);
        if (own < m_text.size() && m_text[own] == '\n' && own <= close) {
            head = m_text.mid(open, own - open);
            at = own;
        }
    }
    for (Node child = firstChild(array); child != None; child = nextSibling(child)) {
        Chunk chunk;
        chunk.before = m_text.mid(at, m_nodes[child].begin - at);
        at = m_nodes[child].end;
        const qsizetype comma = skipTrivia(m_text, at);
        if (nextSibling(child) != None) {
            chunk.beside = m_text.mid(at, comma - at);
            const qsizetype own = endOfOwnLine(m_text, comma + 1);
            const bool lineEnds = own >= m_text.size() || m_text[own] == '\n';
            chunk.behind = lineEnds ? m_text.mid(comma + 1, own - comma - 1) : QByteArray();
            at = lineEnds ? own : comma + 1;
        } else {
            const qsizetype own = endOfOwnLine(m_text, at);
            chunk.behind = m_text.mid(at, own - at);
            at = own;
        }
        chunks.emplace_back(child, chunk);
    }
    const QByteArray tail = m_text.mid(at, close - at);

    // Nodes are numbered in the order of the text, so a chunk is found by binary search.
    const auto chunkOf = [&chunks](Node node) {
        const auto found = std::lower_bound(
            chunks.begin(), chunks.end(), node,
            [](const std::pair<Node, Chunk> &chunk, Node wanted) { return chunk.first < wanted; });
        return &found->second;
    };
    // A new element is laid out as the last one is; in an empty array on a line of its own.
    QByteArray layout;
    if (chunks.empty()) {
        layout = '\n' + indentation(array) + "  ";
    } else {
        const qsizetype place = m_nodes[chunks.back().first].begin;
        layout =
            beginsItsLine(m_text, place) ? '\n' + indentationAt(m_text, place) : QByteArray(" ");
    }

    QByteArray out = head;
    for (qsizetype i = 0; i < elements.size(); ++i) {
        const Element &element = elements[i];
        const bool isLast = i + 1 == elements.size();
        if (element.old == None) {
            out += layout + element.fresh + (isLast ? "" : ",");
            continue;
        }
        const Chunk *chunk = chunkOf(element.old);
        QList<Edit> edits = element.edits;
        const qsizetype begin = m_nodes[element.old].begin;
        for (Edit &edit : edits) {
            edit.begin -= begin;
            edit.end -= begin;
        }
        QByteArray before = chunk->before;
        if (!out.isEmpty() && (before.isEmpty() || !isSpace(before[0]))) {
            before.prepend(' ');
        }
        out += before + apply(spelling(element.old).toByteArray(), edits) + chunk->beside;
        out += (isLast ? "" : ",") + chunk->behind;
    }
    QByteArray end = tail;
    if (elements.isEmpty()) {
        end = chunks.empty() ? tail : QByteArray();
    } else if (chunks.empty() && !end.contains('\n')) {
        end = '\n' + indentation(array);
    }
    if (out.lastIndexOf("//") > out.lastIndexOf('\n') && !end.startsWith('\n')) {
        end.prepend('\n'); // or a line comment would swallow the bracket
    }
    return {open, close, out + end};
}

QByteArray JsonText::apply(const QByteArray &text, QList<Edit> edits)
{
    std::stable_sort(edits.begin(), edits.end(),
                     [](const Edit &a, const Edit &b) { return a.begin < b.begin; });
    QByteArray out;
    out.reserve(text.size());
    qsizetype at = 0;
    for (const Edit &edit : edits) {
        out += QByteArrayView(text).sliced(at, edit.begin - at);
        out += edit.with;
        at = edit.end;
    }
    out += QByteArrayView(text).sliced(at);
    return out;
}

QByteArray JsonText::quote(const QString &text)
{
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<uchar>(c) < 0x20) {
                out +=
                    "\\u00" + QByteArray::number(static_cast<uchar>(c), 16).rightJustified(2, '0');
            } else {
                out += c;
            }
        }
    }
    return out + '"';
}
