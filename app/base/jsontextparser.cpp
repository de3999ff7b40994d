// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonmistakes.h"
#include "app/base/jsonscan.h"
#include "app/base/jsontext.h"

#include <QCoreApplication>

#include <limits>
#include <unordered_set>

using namespace JsonScan;

namespace {

/** The context of this file's words for translators. */
struct JsonWords
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

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
            return error(JsonWords::tr("The text is empty; a JSON object was expected."));
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
        return m_at == m_size || error(JsonMistakes::forEnd(m_text, m_at));
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
        } else {
            return error(JsonMistakes::forValue(m_text, m_at));
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
        const qsizetype begin = m_at;
        const auto refuse = [&] {
            m_at = begin;
            return error(JsonMistakes::forNumber(m_text, m_at));
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
            return error(isObject ? JsonWords::tr("The text ends before a { is closed with }.")
                                  : JsonWords::tr("The text ends before a [ is closed with ]."));
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
                return error(JsonMistakes::forSeparator(
                    m_text, m_at,
                    isObject ? JsonWords::tr("A comma or } was expected here.")
                             : JsonWords::tr("A comma or ] was expected here.")));
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
                return error(JsonMistakes::forKey(m_text, m_at));
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
                return error(JsonMistakes::forSeparator(
                    m_text, m_at, JsonWords::tr("A colon was expected after the key.")));
            }
            ++m_at;
            if (!skip()) {
                return false;
            }
            if (m_at == m_size) {
                return error(JsonWords::tr("The text ends where a value was expected."));
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

Result<JsonText> JsonText::parse(const QByteArray &text)
{
    JsonText json;
    json.m_nodes.clear();
    json.m_text = text;
    Error error;
    if (static_cast<quint64>(text.size()) >= std::numeric_limits<quint32>::max()) {
        return fail(JsonWords::tr("The text is larger than 4 GB."));
    }
    if (JsonMistakes::isUtf16(text)) {
        return tl::make_unexpected(
            Error(JsonWords::tr("This is UTF-16 text; save the file as UTF-8."), 1, 1));
    }
    const qsizetype bad = firstBadUtf8(text);
    if (bad >= 0) {
        error.message = JsonMistakes::forEncoding(text, bad);
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
