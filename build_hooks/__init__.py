"""What the build does beyond collecting files. In: the source tree. Out: files git does not keep. Next: hatch_build.

catalogues      .po -> .mo
npm             package-lock.json -> the two packages, checked against their integrity hashes
task_bundle     two networks -> one `.task` bundle
attribution     names, versions, sha-256 -> NOTICE
vendor          joins the last three: src/midback/vendor, with a stamp that says when it is fresh
"""
