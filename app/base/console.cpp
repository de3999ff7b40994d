// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"

#include "app/base/visibletext.h"

#include <QtGlobal>

#include <cstdio>

namespace {

QtMessageHandler previousLogHandler = nullptr;

void logCleaned(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    previousLogHandler(type, context, oneLine(message));
}

void writeBytes(Console::Stream stream, const QByteArray &bytes)
{
    std::FILE *file = stream == Console::Stream::Out ? stdout : stderr;
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
    std::fflush(file);
}

} // namespace

void Console::print(Stream stream, const QString &line)
{
    print(stream, QStringList{line});
}

void Console::print(Stream stream, const QStringList &lines)
{
    QByteArray bytes;
    for (const QString &line : lines) {
        bytes += oneLine(line).toLocal8Bit() + '\n';
    }
    writeBytes(stream, bytes);
}

void Console::printJson(const QByteArray &json)
{
    writeBytes(Stream::Out, visibleJson(json));
}

void Console::printHtml(const QByteArray &html)
{
    writeBytes(Stream::Out, visibleHtml(html));
}

void Console::printTextFile(const QByteArray &text, const QByteArray &end)
{
    QStringList lines = QString::fromUtf8(text).split(QString::fromUtf8(end));
    for (QString &line : lines) {
        line = oneLine(line);
    }
    writeBytes(Stream::Out, lines.join(QString::fromUtf8(end)).toUtf8());
}

bool Console::isOutputWhole()
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

void Console::cleanLog()
{
    if (!previousLogHandler) {
        previousLogHandler = qInstallMessageHandler(logCleaned);
    }
}

void Console::StatusLine::show(const QString &text)
{
    const QString line = oneLine(text);
    writeBytes(m_stream, QString(u'\r' + line.leftJustified(m_width)).toLocal8Bit());
    m_width = line.size();
}

void Console::StatusLine::clear()
{
    if (m_width > 0) {
        writeBytes(m_stream, QByteArray("\r").append(QByteArray(m_width, ' ')).append('\r'));
        m_width = 0;
    }
}
